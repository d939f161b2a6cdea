"""The caseload: who needs the team next, and in whose hands a family is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from services.referral.database.tables import episode, referral
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.people.domain.support import Support
from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.queries.asking import Whose
from services.referral.support.queries.wait_columns import REFERRAL, accepted_rules, history_of, next_breach_on
from services.referral.team.domain.need import Need
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitState, next_breach, read_clocks
from services.referral.worklists.queries.caseload import (
    CaseloadFilter,
    CaseloadLine,
    CaseloadOrder,
    caseload,
    caseload_counts,
)
from services.referral.worklists.queries.caseload_part import CaseloadPart
from shared.contracts.pathway_codes import Attendance, TaskKind
from shared.contracts.vocabulary import Code, Level, Tier
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf
from shared.staff.task import AnswerTask
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_opening
from tests.referral.worklists.builders import (
    READER,
    a_colleague,
    a_family,
    a_pause,
    a_settled_family,
    a_task,
    an_appointment,
    asks,
    statements_of,
)


async def listed(team: ATeam, asking: Any = None, **chosen: Any) -> PageOf[CaseloadLine]:
    async with team.begin(READER) as work:
        return await caseload(asking or asks(), CaseloadFilter(**chosen)).page(work.session)


async def counted(team: ATeam, **chosen: Any) -> Mapping[Code | None, int]:
    async with team.begin(READER) as work:
        return await caseload_counts(work.session, asks(), CaseloadFilter(**chosen))


async def words(team: ATeam, **chosen: Any) -> list[list[str]]:
    return [[f"{one.words}, {one.when}" for one in line.needs] for line in (await listed(team, **chosen)).rows]


async def test_a_family_that_needs_nothing_says_so(team: ATeam) -> None:
    await a_settled_family(team)

    line = (await listed(team)).rows[0]

    assert (line.needs, line.review_overdue, line.lead_name) == ((), False, None)
    assert (line.family.babies, line.family.ages) == ("Shannon Example", "4 months")
    assert line.family.carers == "Leonie Example, Dan Example"


async def test_safety_comes_first_then_a_review_then_silence_then_a_target_that_ends(team: ATeam) -> None:
    await a_settled_family(team)
    await a_settled_family(team, intervention_started_on=None, assessed_on=TODAY - timedelta(40))
    await a_settled_family(team, last_contact_on=TODAY - timedelta(29), next_contact_at=None)
    await a_settled_family(team, review_on=TODAY - timedelta(1))
    await a_task(team, await a_settled_family(team, review_on=TODAY - timedelta(9)))

    assert await words(team) == [
        ["New risk noted, today", "Record review, 9 days overdue"],
        ["Record review, 1 day overdue"],
        ["Book a visit, not seen for 29 days"],
        ["No intervention, 2 days over"],
        [],
    ]


async def test_within_a_need_the_longest_comes_first(team: ATeam) -> None:
    for days in (10, 30, 20):
        await a_settled_family(team, review_on=TODAY - timedelta(days))

    assert [line.review_on for line in (await listed(team)).rows] == [TODAY - timedelta(days) for days in (30, 20, 10)]


async def test_a_review_is_not_overdue_on_its_day(team: ATeam) -> None:
    await a_settled_family(team, review_on=TODAY)

    assert await words(team) == [[]]


@pytest.mark.parametrize(
    ("standing", "needed"),
    [
        ({"last_contact_on": TODAY - timedelta(28)}, False),
        ({"last_contact_on": TODAY - timedelta(29)}, True),
        ({"last_contact_on": None}, True),
        ({"last_contact_on": TODAY - timedelta(90), "next_contact_at": NOW + timedelta(1)}, False),
        ({"last_contact_on": TODAY - timedelta(90), "next_contact_at": NOW - timedelta(1)}, True),
    ],
    ids=["28 days", "29 days", "never since 30 days", "one is booked", "the booked one has passed"],
)
async def test_a_silence_is_long_after_28_days_unless_something_is_booked(
    team: ATeam, standing: dict[str, Any], *, needed: bool
) -> None:
    await a_settled_family(team, **{"next_contact_at": None} | standing)

    assert [Need.CONTACT in [one.need for one in line.needs] for line in (await listed(team)).rows] == [needed]


async def test_a_target_is_shown_a_week_before_it_ends(team: ATeam) -> None:
    booked: dict[str, Any] = {"next_contact_at": NOW + timedelta(1)}
    await a_family(team, days_ago=21, **booked)
    await a_family(team, days_ago=22, **booked)

    assert await words(team) == [["No first visit, 6 days left"], []]


async def test_an_answered_task_asks_for_nothing_more(team: ATeam) -> None:
    task_id = await a_task(team, await a_settled_family(team), TaskKind.SELF_HARM_ANSWER)
    await a_task(team, await a_settled_family(team), TaskKind.SUPERVISION)
    assert (await words(team))[0] == ["Self-harm answer, today"]

    async with team.begin(READER) as work:
        await answer_task(AnswerTask(task_id, 1, "Rang Leonie."), work)

    assert await words(team) == [[], []]


async def test_a_family_is_mine_the_teams_or_nobodys(team: ATeam) -> None:
    mine = await a_family(team, lead_id=await a_colleague(team, "Priya Sample", READER))
    theirs = await a_family(team, lead_id=await a_colleague(team, "Mo Sample"))
    nobodys = await a_family(team)

    found = {whose: [line.family.family_id for line in (await listed(team, whose=whose)).rows] for whose in Whose}

    assert found == {Whose.MINE: [mine], Whose.NOBODY: [nobodys], Whose.TEAM: [mine, theirs, nobodys]}


async def test_a_family_whose_work_ended_is_in_no_caseload(team: ATeam) -> None:
    await a_family(team, ended_on=TODAY, ending="completed")

    assert (await listed(team)).total == 0


@pytest.mark.parametrize("part", list(CaseloadPart))
async def test_the_caseload_can_be_of_one_part_whose_number_is_known_before(team: ATeam, part: CaseloadPart) -> None:
    await a_settled_family(team)
    await a_settled_family(team, ended_on=TODAY, ending="completed")
    family_id = await a_family(
        team, days_ago=40, review_on=TODAY + timedelta(28), first_contact_on=TODAY - timedelta(29)
    )
    await a_task(team, family_id)

    families = await listed(team, need=part)

    assert [line.family.family_id for line in families.rows] == [family_id]
    assert (await counted(team))[part] == 1
    assert (await counted(team, whose=Whose.MINE))[part] == 0


async def test_the_numbers_of_the_parts_and_of_whose_families_come_in_one_statement(team: ATeam) -> None:
    await a_family(team, lead_id=await a_colleague(team, "Priya Sample", READER))
    await a_family(team)

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            counts = await caseload_counts(work.session, asks(), CaseloadFilter(Whose.MINE))

    assert len(sent) == 1
    assert {choice: counts[choice] for choice in (None, *Whose)} == {
        None: 1,
        Whose.MINE: 1,
        Whose.TEAM: 2,
        Whose.NOBODY: 1,
    }


async def test_a_family_whose_work_is_paused_is_in_no_part_that_asks_for_a_visit(team: ATeam) -> None:
    family_id = await a_family(team, days_ago=40)
    await a_pause(team, family_id, TODAY - timedelta(30), None)

    counts = await counted(team)

    assert (counts[CaseloadPart.BOOKING], counts[CaseloadPart.CONTACT]) == (0, 0)


async def test_a_family_that_is_booked_and_was_not_seen_for_long_is_not_seen_all_the_same(team: ATeam) -> None:
    await a_settled_family(team, last_contact_on=TODAY - timedelta(29))

    assert (await counted(team))[CaseloadPart.CONTACT] == 1
    assert await words(team) == [[]]


async def test_a_line_says_how_long_help_took_to_start_and_what_became_of_the_last_contacts(team: ATeam) -> None:
    family_id, me = await a_settled_family(team), await a_colleague(team)
    for days, attendance in ((9, "attended"), (8, "was_not_brought"), (7, None), (1, "attended")):
        minutes = 50 if attendance == "attended" else None
        await an_appointment(team, family_id, me, NOW - timedelta(days), attendance=attendance, minutes=minutes)

    (line,) = (await listed(team)).rows

    assert (line.help.state, line.help.gross_days) == (WaitState.STOPPED, 29)
    assert line.contacts == [Attendance.ATTENDED, Attendance.WAS_NOT_BROUGHT, Attendance.ATTENDED]


async def test_of_many_contacts_the_last_eight_are_shown(team: ATeam) -> None:
    family_id, me = await a_settled_family(team), await a_colleague(team)
    await an_appointment(team, family_id, me, NOW, attendance="no_access")
    for days in range(1, 9):
        await an_appointment(team, family_id, me, NOW - timedelta(days), attendance="attended", minutes=50)

    (line,) = (await listed(team)).rows

    assert line.contacts == [Attendance.ATTENDED] * 7 + [Attendance.NO_ACCESS]


async def test_a_dad_is_marked_where_a_family_is_named_in_short(team: ATeam) -> None:
    await a_family(team)

    family = (await listed(team)).rows[0].family

    assert (family.around, family.carers) == ("Leonie, Dan (dad)", "Leonie Example, Dan Example")


@pytest.mark.parametrize(
    ("tier", "level"),
    [(Tier.TARGETED, Level.TARGETED), (Tier.RISK, Level.TARGETED), (Tier.UNIVERSAL, Level.UNIVERSAL)],
)
async def test_the_caseload_can_be_of_one_tier(team: ATeam, tier: Tier, level: Level) -> None:
    for support in (
        Support(Level.TARGETED, risk_support=True),
        Support(Level.TARGETED, risk_support=True, direct_work=False),
        Support(Level.UNIVERSAL, direct_work=False),
    ):
        await a_family(team, opening=an_opening(support=support))

    families = await listed(team, tier=tier)

    assert [(line.support.tier, line.support.level) for line in families.rows] == [(tier, level)]


async def test_the_caseload_has_other_orders(team: ATeam) -> None:
    specialist = an_opening(support=Support(Level.SPECIALIST), mdt_on=TODAY - timedelta(40))
    booked: dict[str, Any] = {"next_contact_at": NOW + timedelta(2)}
    old = await a_settled_family(team, last_contact_on=TODAY - timedelta(5), review_on=TODAY + timedelta(9), **booked)
    quiet = await a_settled_family(
        team,
        last_contact_on=TODAY - timedelta(9),
        review_on=TODAY + timedelta(5),
        request={"subject": Baby("Ada Example", TODAY - timedelta(90)), "nhs_number": None},
    )
    new = await a_family(team, last_contact_on=TODAY, review_on=TODAY + timedelta(1), opening=specialist)

    found = {
        order: [line.family.family_id for line in (await listed(team, order=order)).rows] for order in CaseloadOrder
    }

    assert found[CaseloadOrder.REVIEW] == [new, quiet, old]
    assert found[CaseloadOrder.LAST_CONTACT] == [quiet, old, new]
    assert found[CaseloadOrder.NEWEST][0] == new
    assert found[CaseloadOrder.NAME][0] == quiet
    assert found[CaseloadOrder.TIER][0] == new
    assert found[CaseloadOrder.WAIT][0] == new
    assert found[CaseloadOrder.NEXT] == [quiet, old, new]


async def test_an_unborn_baby_and_nobody_but_one_parent_are_named_too(team: ATeam) -> None:
    await a_family(team, request={"subject": Unborn(date(2026, 5, 11)), "nhs_number": None})

    family = (await listed(team)).rows[0].family

    assert (family.babies, family.ages) == ("Baby, no name", "30 weeks of pregnancy")


async def test_a_long_caseload_has_pages_and_costs_one_statement_however_long(team: ATeam) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        await team.accepts()

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            pages = [await caseload(asks(), CaseloadFilter()).page(work.session, number) for number in (1, 2, 3)]
            lines = await caseload(asks(), CaseloadFilter()).whole(work.session)

    assert [len(page.rows) for page in pages] == [25, 1, 0]
    assert lines == [line for page in pages for line in page.rows]
    assert [(page.total, page.last_number) for page in pages[:2]] == [(26, 2), (26, 2)]
    assert len(sent) == 4
    assert len({line.episode_id for page in pages[:2] for line in page.rows}) == 26


DAY = st.none() | st.integers(-200, 0).map(lambda days: TODAY + timedelta(days))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    received=st.integers(0, 200),
    earlier=st.none() | st.integers(0, 90),
    urgent=st.booleans(),
    milestones=st.fixed_dictionaries(
        dict.fromkeys(
            ("first_contact_on", "assessed_on", "baseline_on", "plan_agreed_on", "intervention_started_on"), DAY
        )
    ),
)
async def test_the_list_is_sorted_by_the_day_that_the_clocks_show(
    team: ATeam, received: int, earlier: int | None, milestones: dict[str, Any], *, urgent: bool
) -> None:
    rules = accepted_rules(DEFAULT_RULES)
    family_id = await a_family(team, days_ago=0, **milestones)
    async with team.engine.begin() as connection:
        await connection.execute(
            update(referral)
            .where(referral.c.family_id == family_id)
            .values(
                received_at=NOW - timedelta(days=received, hours=11),
                earlier_received_on=None if earlier is None else TODAY - timedelta(received + earlier),
                earlier_team=None if earlier is None else "Lancaster",
                urgency="urgent" if urgent else "routine",
            )
        )
        row = (
            await connection.execute(
                select(
                    episode,
                    *REFERRAL,
                    next_breach_on(DEFAULT_RULES).label("breach_on"),
                )
                .join_from(episode, referral, referral.c.id == episode.c.referral_id)
                .where(episode.c.family_id == family_id)
            )
        ).one()

    wait = next_breach(read_clocks(history_of(row), TODAY, rules))

    assert row.breach_on == (wait.gross.breach_on if wait and wait.gross else None)
