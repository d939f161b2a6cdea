"""Correcting an agreement of supervision."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_agreement
from services.consultation.supervision.commands.correct_agreement import CorrectAgreement, correct_agreement
from services.consultation.supervision.domain.supervision_agreement import Terms
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import BETH, LONG_AGO, PRIYA, TOM


async def corrects(team: SupervisedTeam, person: Any = TOM, *, version: int = 1, **changes: Any) -> None:
    [its] = [row for row in await team.rows(supervision_agreement) if row.supervisee_id == PRIYA.id]
    usual = {"from_on": its.from_on, "share": its.share, "supervisor_id": its.supervisor_id}
    terms = Terms(**(usual | changes))
    async with team.begin(person) as work:
        await correct_agreement(CorrectAgreement(its.id, version, LONG_AGO, terms), work)


async def test_what_was_entered_wrong_is_reckoned_again_and_what_it_was_is_kept(team: SupervisedTeam) -> None:
    await corrects(team, share=Decimal("0.5"))

    assert (await team.record()).balance.owed == 150
    [kept] = [row for row in await team.rows(earlier_version) if row.kind == "supervision_agreement"]
    assert kept.content["share"] == "1.00"


async def test_an_agreement_ends_with_its_last_day(team: SupervisedTeam) -> None:
    await corrects(team, last_on=date(2026, 10, 1))

    assert (await team.record()).terms is None


async def test_what_somebody_changed_meanwhile_is_not_written_over(team: SupervisedTeam) -> None:
    await corrects(team, share=Decimal("0.5"))

    with pytest.raises(Conflict):
        await corrects(team, share=Decimal("0.6"))


@pytest.mark.parametrize(
    "changes",
    [{"share": Decimal(2)}, {"supervisor_id": PRIYA.id}, {"supervisor_id": new_id()}, {"manager_id": new_id()}],
)
async def test_what_cannot_be_meant_is_refused(team: SupervisedTeam, changes: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken):
        await corrects(team, **changes)


async def test_only_the_team_lead_corrects_and_only_what_the_team_has(team: SupervisedTeam) -> None:
    with pytest.raises(NotAllowed):
        await corrects(team, BETH)
    unknown = CorrectAgreement(new_id(), 1, LONG_AGO, Terms(LONG_AGO, Decimal(1), None))
    with pytest.raises(NotFound):
        async with team.begin(TOM) as work:
            await correct_agreement(unknown, work)
