"""The waiting list: every clock, gross and adjusted; who breaches next first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services.referral.database.tables import referral
from services.referral.intake.domain.referral_request import EarlierReceipt
from services.referral.people.domain.subject import Baby
from services.referral.staff.queries.asking import Whose
from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitState
from services.referral.worklists.queries.waiting_list import (
    WaitingFilter,
    WaitingLine,
    WaitingOrder,
    waiting_counts,
    waiting_list,
)
from services.referral.worklists.queries.waiting_part import WaitingPart
from services.referral.worklists.queries.waiting_summary import WaitingSummary, waiting_summary
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.contracts.vocabulary import Code, ReferralRoute, Urgency
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.worklists.builders import (
    READER,
    a_colleague,
    a_family,
    a_pause,
    a_settled_family,
    an_appointment,
    asks,
    statements_of,
)

PAUSING = {clock: replace(rule, paused_by=frozenset(PauseReason)) for clock, rule in DEFAULT_RULES.items()}


async def listed(team: ATeam, asking: Any = None, **chosen: Any) -> PageOf[WaitingLine]:
    async with team.begin(READER) as work:
        return await waiting_list(asking or asks(), WaitingFilter(**chosen)).page(work.session)


async def counted(team: ATeam, **chosen: Any) -> Mapping[Code | None, int]:
    async with team.begin(READER) as work:
        return await waiting_counts(work.session, asks(), WaitingFilter(**chosen))


async def summed(team: ATeam, **chosen: Any) -> WaitingSummary:
    async with team.begin(READER) as work:
        return await waiting_summary(work.session, asks(), WaitingFilter(**chosen))


STEPS: list[dict[str, Any]] = [
    {"first_contact_on": TODAY},
    {"assessed_on": TODAY},
    {"baseline_on": TODAY},
    {"plan_agreed_on": TODAY},
    {"intervention_started_on": TODAY},
]


async def a_family_at_each_step(team: ATeam, days_ago: int) -> None:
    done: dict[str, Any] = {}
    for step in [{}, *STEPS]:
        done |= step
        await a_family(team, days_ago=days_ago, **done)


async def test_the_longest_over_target_comes_first(team: ATeam) -> None:
    for days in (5, 40, 20):
        await a_family(team, days_ago=days)

    families = await listed(team)

    assert [line.wait.gross_days for line in families.rows] == [40, 20, 5]
    assert [line.wait.breached for line in families.rows] == [True, False, False]


async def test_a_row_says_which_step_is_missing_before_help_has_started(team: ATeam) -> None:
    await a_family_at_each_step(team, 9)

    steps = [line.missing.label for line in (await listed(team, order=WaitingOrder.MISSING)).rows]

    assert steps == ["No first visit", "No assessment", "No first measure", "No agreed plan", "No intervention"]


async def test_a_family_whose_help_has_started_does_not_wait_for_help_to_start(team: ATeam) -> None:
    await a_settled_family(team)
    await a_settled_family(team, baseline_on=None)

    assert [line.missing.label for line in (await listed(team)).rows] == ["No first measure"]


async def test_why_help_has_not_started_is_counted_in_families_over_target_as_the_rows_say_it(team: ATeam) -> None:
    await a_family_at_each_step(team, 9)
    await a_family_at_each_step(team, 29)
    await a_family(team, days_ago=50, first_contact_on=TODAY)

    summary, lines = await summed(team), (await listed(team, part=WaitingPart.OVER)).rows

    assert summary.why == Counter(line.missing for line in lines)
    assert next(iter(summary.why.items())) == (MissingStep.ASSESSMENT, 2)
    assert (summary.target, summary.over, summary.median_days) == (28, len(lines), 29)


async def test_days_waited_are_counted_in_groups_on_both_sides_of_the_target(team: ATeam) -> None:
    for days in (0, 14, 15, 28, 29, 56, 57, 113):
        await a_family(team, days_ago=days)

    assert [(one.first, one.last, one.families, one.is_over) for one in (await summed(team)).days] == [
        (0, 14, 2, False),
        (15, 28, 2, False),
        (29, 56, 2, True),
        (57, 112, 1, True),
        (113, None, 1, True),
    ]


async def test_nobody_who_waits_has_a_summary_too(team: ATeam) -> None:
    summary = await summed(team)

    assert (summary.over, summary.median_days, summary.why) == (0, 0, {})


@pytest.mark.parametrize(
    ("part", "days"),
    [(WaitingPart.OVER, [60, 30]), (WaitingPart.SOON, [25]), (WaitingPart.BOOKING, [60, 25]), (WaitingPart.LEAD, [25])],
)
async def test_the_list_can_be_of_one_part_whose_number_is_known_before(
    team: ATeam, part: WaitingPart, days: list[int]
) -> None:
    lead = await a_colleague(team)
    await a_family(team, days_ago=60, lead_id=lead)
    await a_family(team, days_ago=30, lead_id=lead, next_contact_at=NOW + timedelta(1))
    await a_family(team, days_ago=25)
    await a_family(team, days_ago=5, lead_id=lead, next_contact_at=NOW + timedelta(1))

    assert [line.wait.gross_days for line in (await listed(team, part=part)).rows] == days
    assert (await counted(team))[part] == len(days)


async def test_each_clock_says_how_many_wait_for_it_in_one_statement_for_all(team: ATeam) -> None:
    await team.receives()
    await a_family(team, days_ago=9)
    await a_family(team, days_ago=9, first_contact_on=TODAY, assessed_on=TODAY)

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            counts = await waiting_counts(work.session, asks(), WaitingFilter())

    assert len(sent) == 1
    assert [counts[clock] for clock in WaitClock] == [1, 1, 2, 1, 2]


async def test_the_list_has_other_orders(team: ATeam) -> None:
    lead = await a_colleague(team, "Ann Sample")
    ada = {"subject": Baby("Ada Example", TODAY - timedelta(90)), "nhs_number": None}
    led = await a_family(team, days_ago=3, lead_id=lead)
    booked = await a_family(team, days_ago=2, next_contact_at=NOW + timedelta(1))
    named = await a_family(team, days_ago=1, request=ada)

    first = {order: (await listed(team, order=order)).rows[0].family.family_id for order in WaitingOrder}

    assert first == {
        WaitingOrder.TARGET: led,
        WaitingOrder.NAME: named,
        WaitingOrder.MISSING: led,
        WaitingOrder.NEXT: booked,
        WaitingOrder.CALL: led,
        WaitingOrder.LEAD: led,
    }


async def test_the_line_says_when_somebody_last_called_while_they_waited(team: ATeam) -> None:
    family_id, me = await a_family(team, days_ago=20), await a_colleague(team)
    for days, kind in ((9, "waiting_well"), (5, "waiting_well"), (2, "session")):
        await an_appointment(
            team, family_id, me, NOW - timedelta(days), kind=kind, attendance="attended", minutes=10, venue="remote"
        )

    assert [line.called_on for line in (await listed(team)).rows] == [TODAY - timedelta(5)]


async def test_every_clock_is_shown_gross_and_adjusted(team: ATeam) -> None:
    family_id = await a_family(team, days_ago=42)
    await a_pause(team, family_id, TODAY - timedelta(30), TODAY - timedelta(16))

    default, pausing = (await listed(team)).rows[0], (await listed(team, asks(waits=PAUSING))).rows[0]

    assert [(wait.clock, wait.state) for wait in default.waits] == [
        (WaitClock.FIRST_CONTACT, WaitState.RUNNING),
        (WaitClock.HELP_STARTED, WaitState.RUNNING),
        (WaitClock.ASSESSMENT_TO_INTERVENTION, WaitState.NOT_STARTED),
        (WaitClock.REFERRAL_TO_INTERVENTION, WaitState.RUNNING),
    ]
    assert (default.waits[0].gross_days, default.waits[0].adjusted_days) == (42, 42)
    assert (pausing.waits[0].gross_days, pausing.waits[0].adjusted_days) == (42, 28)
    assert pausing.waits[0].breached


async def test_a_wait_that_began_in_another_team_is_counted_from_there(team: ATeam) -> None:
    await a_family(team, days_ago=10)
    earlier = EarlierReceipt(TODAY - timedelta(50), "Lancaster parent-infant team")
    await a_family(team, days_ago=3, request={"route": ReferralRoute.TRANSFER, "earlier": earlier})

    transferred = (await listed(team)).rows[0]

    assert (transferred.received_on, transferred.waits[0].gross_days) == (TODAY - timedelta(3), 50)
    assert transferred.waits[0].inherited_from == "Lancaster parent-infant team"


async def test_a_pause_that_goes_on_is_shown(team: ATeam) -> None:
    await a_pause(team, await a_family(team, days_ago=10), TODAY - timedelta(3), None)

    wait = (await listed(team, asks(waits=PAUSING))).rows[0].waits[0]

    assert (wait.is_paused, wait.gross_days, wait.adjusted_days) == (True, 10, 7)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (WaitClock.FIRST_CONTACT, ["met nobody"]),
        (WaitClock.HELP_STARTED, ["met nobody", "assessed"]),
        (WaitClock.ASSESSMENT_TO_INTERVENTION, ["assessed"]),
        (WaitClock.REFERRAL_TO_INTERVENTION, ["met nobody", "assessed"]),
    ],
)
async def test_the_list_can_be_of_one_clock(team: ATeam, clock: WaitClock, expected: list[str]) -> None:
    day = TODAY - timedelta(1)
    named = {
        await a_family(team, days_ago=9): "met nobody",
        await a_family(team, days_ago=2, first_contact_on=day, assessed_on=day): "assessed",
        await a_settled_family(team): "settled",
        await a_family(team, ended_on=TODAY, ending="moved_area"): "ended",
    }

    assert [named[line.family.family_id] for line in (await listed(team, clock=clock)).rows] == expected


async def test_the_line_says_when_the_family_hears_from_the_team_next(team: ATeam) -> None:
    lead = await a_colleague(team, "Priya Sample", READER)
    await a_family(team, days_ago=9, next_contact_at=NOW + timedelta(2), lead_id=lead)
    await a_family(team, days_ago=8, next_contact_at=NOW - timedelta(2), last_contact_on=TODAY - timedelta(1))

    booked, passed = (await listed(team)).rows

    assert (booked.next_contact_at, booked.lead_name) == (NOW + timedelta(2), "Priya Sample")
    assert (passed.next_contact_at, passed.last_contact_on) == (None, TODAY - timedelta(1))
    assert booked.urgency is Urgency.ROUTINE
    assert [line.lead_name for line in (await listed(team, whose=Whose.MINE)).rows] == ["Priya Sample"]


async def test_the_line_says_by_when_somebody_calls_until_the_family_was_met(team: ATeam) -> None:
    waiting, met = await a_family(team), await a_family(team, first_contact_on=TODAY)
    async with team.engine.begin() as connection:
        await connection.execute(update(referral).values(waiting_well_on=TODAY + timedelta(14)))

    lines = {line.family.family_id: line for line in (await listed(team)).rows}

    assert (lines[waiting].waiting_well_on, lines[met].waiting_well_on) == (TODAY + timedelta(14), None)


async def test_a_long_list_costs_one_statement(team: ATeam) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        await team.accepts()

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            listing = waiting_list(asks(), WaitingFilter())
            pages = [await listing.page(work.session, number) for number in (1, 2)]
            lines = await listing.whole(work.session)

    assert [(len(page.rows), page.total) for page in pages] == [(25, 26), (1, 26)]
    assert lines == [line for page in pages for line in page.rows]
    assert len(sent) == 3
