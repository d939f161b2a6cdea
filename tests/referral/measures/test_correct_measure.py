from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from services.referral.database.measure_tables import measure_administration
from services.referral.measures.commands.correct_measure import CorrectMeasure, correct_measure
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Subject
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.measures.builders import (
    PRACTITIONER,
    TheFamily,
    an_entry,
    enters,
    phq9,
    published,
    stored,
    tasks_of,
    the_family,
)


async def corrects(
    team: ATeam, family: TheFamily, supersedes: UUID, total: int, *, actor: Any = PRACTITIONER, **changes: Any
) -> UUID:
    """A practitioner corrects a PHQ-9 of Leonie's; gives the id of the new entry."""
    administration_id = changes.pop("administration_id", None) or new_id()
    reason = changes.pop("reason", "Item 3 was misread.")
    given = phq9(total, self_harm=changes.pop("self_harm", 0))
    entry = an_entry("PHQ9", Subject(family.leonie), given, **changes)
    async with team.begin(actor) as work:
        await correct_measure(CorrectMeasure(administration_id, supersedes, entry, reason), work)
    return administration_id


async def a_phq9(team: ATeam, family: TheFamily, total: int, **changes: Any) -> UUID:
    given = phq9(total, self_harm=changes.pop("self_harm", 0))
    return await enters(team, family, an_entry("PHQ9", Subject(family.leonie), given, **changes))


async def test_a_correction_takes_the_place_of_what_it_corrects_and_both_stay(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)

    second = await corrects(team, family, first, 14)

    rows = {row.id: row for row in await stored(team)}
    assert rows[first].scales[0]["value"] == "12"
    assert (rows[second].scales[0]["value"], rows[second].supersedes, rows[second].first_id) == ("14", first, first)
    assert rows[second].correction_reason == "Item 3 was misread."
    async with team.begin(PRACTITIONER) as work:
        assert [one.id for one in await Measures(work).taken(family.episode_id)] == [second]


async def test_a_correction_can_be_corrected(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)

    third = await corrects(team, family, await corrects(team, family, first, 14), 13)

    row = next(row for row in await stored(team) if row.id == third)
    assert row.first_id == first


async def test_a_change_is_measured_with_the_corrected_score_only(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 16)
    team.now += timedelta(30)
    await a_phq9(team, family, 11, on=TODAY + timedelta(30))

    await corrects(team, family, first, 17)

    assert [body["change"] for body in await published(team, "measure.change_computed")] == [
        "no_reliable_change",
        "reliably_improved",
    ]


async def test_a_slip_that_is_put_right_asks_nobody_twice(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12, self_harm=1)

    await corrects(team, family, first, 13, self_harm=1)

    (task,) = await tasks_of(team, family)
    assert task.about == first


async def test_a_correction_that_shows_a_risk_raises_a_task(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)

    await corrects(team, family, first, 12, self_harm=2)

    assert [task.kind for task in await tasks_of(team, family)] == ["self_harm_answer"]


async def test_two_people_cannot_correct_the_same_entry(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)
    await corrects(team, family, first, 14)

    with pytest.raises(Conflict):
        await corrects(team, family, first, 9)

    assert len(await stored(team)) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"reason": " "}, "measure_reason", id="no_reason"),
        pytest.param({"on": TODAY + timedelta(1)}, "measure_date", id="tomorrow"),
        pytest.param({"total": 99, "self_harm": 90}, "measure_range", id="answer"),
    ],
)
async def test_a_correction_that_cannot_be_is_refused(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)

    with pytest.raises(RuleBroken) as refused:
        await corrects(team, family, first, changes.pop("total", 14), **changes)

    assert refused.value.code == code
    assert len(await stored(team)) == 1


async def test_the_region_corrects_nothing(team: ATeam) -> None:
    family = await the_family(team)
    first = await a_phq9(team, family, 12)

    with pytest.raises(NotAllowed):
        await corrects(team, family, first, 14, actor=an_actor(Role.REGIONAL_LEAD))


async def test_what_is_not_on_record_cannot_be_corrected(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(NotFound):
        await corrects(team, family, new_id(), 14)


async def test_the_database_lets_nobody_change_a_score(team: ATeam) -> None:
    family = await the_family(team)
    await a_phq9(team, family, 12)

    with pytest.raises(DBAPIError, match="permission denied"):
        async with team.begin(PRACTITIONER) as work:
            await work.session.execute(update(measure_administration).values(scales=[]))
