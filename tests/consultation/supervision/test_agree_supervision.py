"""Agreeing with a colleague how they are supervised."""

from datetime import date
from decimal import Decimal

import pytest

from services.consultation.database.supervision_tables import supervision_agreement
from services.consultation.supervision.commands.agree_supervision import agree_supervision
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.supervision.conftest import TODAY, SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, an_agreement


async def test_what_is_agreed_from_a_day_on_changes_what_is_owed_from_then_on(team: SupervisedTeam) -> None:
    before = (await team.record()).balance.owed

    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=date(2026, 11, 13), share=Decimal("0.5")), work)

    assert before == 300
    assert (await team.record()).balance.owed == 270


async def test_an_agreement_of_the_past_reckons_again_what_was_owed(team: SupervisedTeam) -> None:
    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=date(2026, 1, 1), share=Decimal("0.5")), work)

    assert (await team.record()).balance.owed == 150


async def test_whoever_left_is_owed_nothing_after_the_last_day_and_may_come_back(team: SupervisedTeam) -> None:
    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=date(2026, 9, 4), last_on=date(2026, 10, 1)), work)
    record = await team.record()
    assert record.terms is None
    assert record.balance.owed == 120

    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=TODAY), work)
    assert (await team.record()).terms is not None


async def test_experience_is_of_the_colleague_and_counts_for_all_their_agreements(team: SupervisedTeam) -> None:
    began = date(2025, 1, 1)

    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=TODAY, experience_from=began), work)

    record = await team.record()
    assert record.whose.year_on(TODAY) == 2
    assert record.balance.owed == 600


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"share": Decimal(0)}, "supervision_share"),
        ({"share": Decimal("1.01")}, "supervision_share"),
        ({"from_on": date(1999, 12, 31)}, "agreement_from"),
        ({"from_on": date(2030, 1, 1)}, "agreement_from"),
        ({"from_on": date(2026, 3, 1), "last_on": date(2026, 2, 1)}, "supervision_last"),
        ({"supervisor_id": PRIYA.id}, "agreement_own"),
        ({"manager_id": PRIYA.id}, "agreement_manager"),
        ({"supervisor_id": new_id(), "from_on": TODAY}, "supervision_colleague"),
        ({"manager_id": new_id(), "from_on": TODAY}, "supervision_colleague"),
        ({"experience_from": date(1900, 1, 1)}, "experience_from"),
        ({}, "agreement_day"),
    ],
)
async def test_what_cannot_be_meant_is_refused(team: SupervisedTeam, changes: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        async with team.begin(TOM) as work:
            await agree_supervision(an_agreement(**changes), work)

    assert refusal.value.code == code
    assert len(await team.rows(supervision_agreement)) == 3


async def test_nobody_agrees_with_someone_whom_the_team_does_not_know(team: SupervisedTeam) -> None:
    with pytest.raises(RuleBroken):
        async with team.begin(TOM) as work:
            await agree_supervision(an_agreement(new_id()), work)


@pytest.mark.parametrize("person", [PRIYA, BETH, ANN])
async def test_only_the_team_lead_agrees(team: SupervisedTeam, person: object) -> None:
    with pytest.raises(NotAllowed):
        async with team.begin(person) as work:
            await agree_supervision(an_agreement(from_on=TODAY), work)
