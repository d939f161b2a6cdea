"""The waiting list: every clock, gross and adjusted; who breaches next first."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from services.referral.database.clinical_tables import pause
from services.referral.database.tables import referral
from services.referral.intake.domain.referral_request import EarlierReceipt
from services.referral.staff.queries.asking import Whose
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitState
from services.referral.worklists.queries.waiting_list import (
    WaitingFilter,
    WaitingLine,
    referrals_in_triage,
    waiting_list,
)
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.contracts.vocabulary import ReferralRoute, Urgency
from shared.kernel.identifiers import new_id
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.worklists.builders import READER, a_colleague, a_family, a_settled_family, asks, statements_of

PAUSING = {clock: replace(rule, paused_by=frozenset(PauseReason)) for clock, rule in DEFAULT_RULES.items()}


async def listed(team: ATeam, asking: Any = None, **chosen: Any) -> PageOf[WaitingLine]:
    async with team.begin(READER) as work:
        return await waiting_list(asking or asks(), WaitingFilter(**chosen)).page(work.session)


async def test_who_is_over_target_next_comes_first(team: ATeam) -> None:
    for days in (5, 40, 20):
        await a_family(team, days_ago=days)
    in_treatment = await a_settled_family(team, intervention_started_on=None, assessed_on=TODAY - timedelta(35))
    await a_settled_family(team)

    families = await listed(team)

    assert [line.next.gross.breach_on for line in families.rows if line.next.gross] == [
        TODAY + timedelta(days) for days in (29 - 40, 29 - 30, 29 - 20, 29 - 5)
    ]
    assert families.rows[1].family.family_id == in_treatment
    assert [line.next.breached for line in families.rows] == [True, True, False, False]


async def test_every_clock_is_shown_gross_and_adjusted(team: ATeam) -> None:
    family_id = await a_family(team, days_ago=42)
    await a_pause(team, family_id, TODAY - timedelta(30), TODAY - timedelta(16))

    default, pausing = (await listed(team)).rows[0], (await listed(team, asks(rules=PAUSING))).rows[0]

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

    wait = (await listed(team, asks(rules=PAUSING))).rows[0].waits[0]

    assert (wait.is_paused, wait.gross_days, wait.adjusted_days) == (True, 10, 7)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (WaitClock.FIRST_CONTACT, ["met nobody"]),
        (WaitClock.HELP_STARTED, ["met nobody", "assessed"]),
        (WaitClock.ASSESSMENT_TO_INTERVENTION, ["assessed"]),
        (WaitClock.REFERRAL_TO_INTERVENTION, ["met nobody", "assessed"]),
        (None, ["met nobody", "assessed"]),
    ],
)
async def test_the_list_can_be_of_one_clock(team: ATeam, clock: WaitClock | None, expected: list[str]) -> None:
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

    assert (lines[waiting].waiting_well_on, lines[waiting].is_promised) == (TODAY + timedelta(14), True)
    assert (lines[met].waiting_well_on, lines[met].is_promised) == (None, False)


async def test_referrals_that_wait_for_a_decision_are_counted_beside_it(team: ATeam) -> None:
    await team.receives()
    await team.accepts()

    async with team.begin(READER) as work:
        assert await referrals_in_triage(work.session) == 1


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
