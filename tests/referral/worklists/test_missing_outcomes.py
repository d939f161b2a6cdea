"""Missing outcome data: a measure that is missing and that nobody explained; a pair or a reason settles it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from services.referral.database.clinical_tables import assessment, discharge
from services.referral.database.family_tables import family_member
from services.referral.database.measure_tables import measure_administration, measure_skip
from services.referral.database.tables import episode
from services.referral.people.domain.family import MemberKind
from services.referral.staff.queries.asking import Whose
from services.referral.worklists.queries.missing_outcomes import (
    MissingFilter,
    MissingLine,
    MissingOutcome,
    missing_outcomes,
)
from shared.kernel.identifiers import new_id
from shared.staff.page_of import ROWS_ON_A_PAGE
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.worklists.builders import READER, a_colleague, a_family, asks, statements_of

MET = {"first_contact_on": TODAY - timedelta(90)}
ENDED = {**MET, "baseline_on": TODAY - timedelta(90), "ended_on": TODAY - timedelta(1), "ending": "completed"}


async def listed(team: ATeam, **chosen: Any) -> list[MissingLine]:
    async with team.begin(READER) as work:
        return await missing_outcomes(asks(), MissingFilter(**chosen)).whole(work.session)


async def store(team: ATeam, family_id: UUID, table: Any, **facts: Any) -> None:
    """A row about the family's episode; what it does not say is empty."""
    async with team.engine.begin() as connection:
        episode_id = await connection.scalar(select(episode.c.id).where(episode.c.family_id == family_id))
        known = {"id": new_id(), "version": 1, "family_id": family_id, "episode_id": episode_id}
        known |= {"recorded_by": READER.id, "recorded_at": NOW}
        texts = {column.name: "" for column in table.columns if not column.nullable and column.type.python_type is str}
        row = {**texts, **known, **facts}
        await connection.execute(insert(table).values({name: row[name] for name in row if name in table.columns}))


async def a_score(team: ATeam, family_id: UUID, on: date, **facts: Any) -> UUID:
    async with team.engine.connect() as connection:
        carers = select(family_member.c.person_id).where(
            family_member.c.family_id == family_id, family_member.c.kind == MemberKind.CARER
        )
        carer_id = await connection.scalar(carers.order_by(family_member.c.number))
    score_id = new_id()
    usual = {
        "id": score_id,
        "first_id": score_id,
        "code": "epds",
        "definition_version": "1",
        "respondent": "carer",
        "timepoint": "session",
        "person_id": carer_id,
        "answered_on": on,
        "answers": {},
        "scales": {},
        "alerts": [],
        "scored": True,
        "withdrawn": False,
    }
    await store(team, family_id, measure_administration, **usual | facts)
    return score_id


async def test_a_family_that_was_met_and_has_no_first_measure_is_listed(team: ATeam) -> None:
    family_id = await a_family(team, **MET)
    await a_family(team)
    await a_family(team, **MET, baseline_on=TODAY)

    assert [(line.family.family_id, line.missing, line.ended_on) for line in await listed(team)] == [
        (family_id, MissingOutcome.START, None)
    ]


async def test_a_reason_settles_a_missing_first_measure(team: ATeam) -> None:
    assessed, skipped = await a_family(team, **MET), await a_family(team, **MET)
    other = await a_family(team, **MET)
    facts = {"completed_on": TODAY, "without_baseline": "declined"}
    await store(team, assessed, assessment, **facts)
    person_id = await _carer(team, skipped)
    skip = {"code": "epds", "reason": "distress", "skipped_on": TODAY, "person_id": person_id}
    await store(team, skipped, measure_skip, **skip, timepoint="start")
    await store(team, other, measure_skip, **skip | {"person_id": await _carer(team, other)}, timepoint="end")

    assert [line.family.family_id for line in await listed(team)] == [other]


async def _carer(team: ATeam, family_id: UUID) -> UUID:
    async with team.engine.connect() as connection:
        found = await connection.scalar(
            select(family_member.c.person_id).where(family_member.c.family_id == family_id).limit(1)
        )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("scores", "missing"),
    [
        ([], True),
        ([{"days": 80}], True),
        ([{"days": 80}, {"days": 66}], False),
        ([{"days": 80}, {"days": 67}], True),
        ([{"days": 80}, {"days": 10, "code": "kpcs"}], True),
        ([{"days": 80}, {"days": 10, "definition_version": "2"}], True),
        ([{"days": 80}, {"days": 10, "withdrawn": True}], True),
    ],
    ids=["none", "one", "14 days apart", "13 days apart", "two measures", "two versions", "one taken out"],
)
async def test_work_that_ended_needs_a_pair_of_one_measure(
    team: ATeam, scores: list[dict[str, Any]], *, missing: bool
) -> None:
    family_id = await a_family(team, **ENDED)
    for score in scores:
        facts = {**score}
        on = TODAY - timedelta(facts.pop("days"))
        if facts.get("withdrawn"):
            first = await a_score(team, family_id, on)
            facts |= {"supersedes": first, "first_id": first, "correction_reason": "Of another family."}
        await a_score(team, family_id, on, **facts)

    assert [line.missing for line in await listed(team)] == ([MissingOutcome.PAIR] if missing else [])


async def test_a_corrected_score_makes_no_pair_with_its_correction(team: ATeam) -> None:
    family_id = await a_family(team, **ENDED)
    first = await a_score(team, family_id, TODAY - timedelta(80))
    await a_score(
        team, family_id, TODAY - timedelta(20), supersedes=first, first_id=first, correction_reason="Its day."
    )

    assert len(await listed(team)) == 1


async def test_a_reason_at_discharge_settles_a_missing_pair_until_the_discharge_is_undone(team: ATeam) -> None:
    settled, undone = await a_family(team, **ENDED), await a_family(team, **ENDED)
    facts = {"ended_on": TODAY, "ending": "completed", "without_measures": "distress"}
    await store(team, settled, discharge, **facts)
    undoing = {"undone_on": TODAY, "undone_by": READER.id, "undone_reason": "Too early."}
    await store(team, undone, discharge, **facts, **undoing)

    assert [line.family.family_id for line in await listed(team)] == [undone]


@pytest.mark.parametrize("ending", ["baby_died", "carer_died"])
async def test_nobody_is_asked_for_a_measure_after_a_death(team: ATeam, ending: str) -> None:
    await a_family(team, **ENDED | {"ending": ending})

    assert await listed(team) == []


async def test_what_ended_over_a_year_ago_is_no_longer_listed(team: ATeam) -> None:
    await a_family(team, **ENDED | {"ended_on": TODAY - timedelta(365)})
    await a_family(team, **ENDED | {"ended_on": TODAY - timedelta(366)})

    assert [line.ended_on for line in await listed(team)] == [TODAY - timedelta(365)]


async def test_work_that_goes_on_comes_first_and_then_the_newest_ending(team: ATeam) -> None:
    lead = await a_colleague(team, "Priya Sample", READER)
    old = await a_family(team, **ENDED | {"ended_on": TODAY - timedelta(30)})
    new = await a_family(team, **ENDED, lead_id=lead)
    goes_on = await a_family(team, **MET)

    assert [line.family.family_id for line in await listed(team)] == [goes_on, new, old]
    assert [line.family.family_id for line in await listed(team, missing=MissingOutcome.PAIR)] == [new, old]
    assert [line.lead_name for line in await listed(team, whose=Whose.MINE)] == ["Priya Sample"]


async def test_a_long_list_costs_one_statement(team: ATeam) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        await a_family(team, **MET)

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            listing = missing_outcomes(asks(), MissingFilter())
            pages = [await listing.page(work.session, number) for number in (1, 2)]
            lines = await listing.whole(work.session)

    assert [(len(page.rows), page.total) for page in pages] == [(25, 26), (1, 26)]
    assert lines == [line for page in pages for line in page.rows]
    assert len(sent) == 3
