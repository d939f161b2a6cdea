"""A family at a glance, and everything that happened to it: complete, empty, and as fast with much as with little."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

from playwright.async_api import Browser
from sqlalchemy import event, insert

from services.referral.contacts.queries.session_list import recent_sessions
from services.referral.database.clinical_tables import pause
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.measures.queries.family_measures import scored_measures
from services.referral.people.domain.support import Support
from services.referral.people.queries.family_banner import family_banner
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.support.commands.move_tier import MoveTier, move_tier
from services.referral.worklists.queries.family_events import EventFilter, family_events
from services.referral.worklists.queries.family_overview import family_overview
from shared.contracts.pathway_codes import PauseReason, TaskKind
from shared.contracts.vocabulary import Level, Role
from shared.kernel.identifiers import new_id
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, a_move, an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.letters.test_issue_letter import a_finished_draft, issue_it
from tests.referral.web.test_in_a_browser import sign_in, visit
from tests.referral.web.visitor import ADMINISTRATOR, PRACTITIONER, Visitor
from tests.referral.worklists.builders import asks


async def a_busy_family(team: ATeam) -> AFamily:
    family = await a_family(team)
    await family.has()
    await family.has(family.missed())
    async with team.begin(family.practitioner) as work:
        await move_tier(MoveTier(family.episode_id, 1, a_move(Support(Level.TARGETED, risk_support=True))), work)
        await raise_task(RaiseTask(family.family_id, TaskKind.RISK_NOTE, new_id(), family.episode_id), work)
    return family


def card_of(page: str, name: str) -> str:
    """The card whose heading has that id."""
    at = page.index(f'aria-labelledby="{name}"')
    return page[at : page.index("</section>", at)]


def line_of(card: str, words: str) -> str:
    """The line of its list that says so."""
    at = card.index(words)
    return card[card.rindex("<li", 0, at) : card.index("</li>", at)]


async def page_of(staff: Visitor, family: AFamily, end: str = "") -> str:
    answer = await staff.client.get(f"/families/{family.family_id}{end}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_each_thing_that_a_family_needs_has_the_button_that_leads_to_where_it_is_done(
    team: ATeam, staff: Visitor
) -> None:
    family = await a_busy_family(team)
    team.now = NOW + timedelta(days=120)
    await staff.signs_in(PRACTITIONER)

    needs = card_of(await page_of(staff, family), "needed")

    root = f"/families/{family.family_id}"
    for words, does, href in (
        ("A new risk was noted", "Answer", "/tasks/"),
        ("Not seen for 120 days, and no visit is booked", "Book", f"{root}/appointments/new"),
        ("Review", "Record review", f"{root}/plan/review"),
        ("No assessment: help started is 92 days over its target", "Assess", f"{root}/plan/assessment"),
        ("No measure from the start", "Add measure", f"{root}/measures/choose"),
    ):
        line = line_of(needs, words)
        assert f"{does}<span" in line
        assert f'href="{href}' in line
    assert needs.index("A new risk was noted") < needs.index("Not seen for") < needs.index("No measure from")
    assert ("family.read", family.family_id) in await team.audited()


async def test_the_last_visit_is_there_in_full_words(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    await family.has(family.session(infant_voice="Settles with a hand on the chest.", note="We went slowly."))
    await family.has(family.missed())

    last = card_of(await page_of(staff, family), "last")

    assert "Settles with a hand on the chest." in last
    assert "We went slowly." in last
    assert "1 attended, 1 missed" in last


async def test_how_long_they_waited_says_what_help_still_waits_for(team: ATeam, staff: Visitor) -> None:
    family = await a_busy_family(team)
    team.now = NOW + timedelta(days=120)
    await staff.signs_in(PRACTITIONER)

    waited = card_of(await page_of(staff, family), "waited")

    assert "120 of 28 days: <b>no assessment</b>" in waited
    assert "0 of 5 working days" in waited
    assert waited.count("120 of 28 days") == 2, "in the drawing for those who do not see it, and in words"


async def test_the_newest_comes_first_and_leads_to_where_more_is_said(team: ATeam, staff: Visitor) -> None:
    family = await a_busy_family(team)

    page = await page_of(staff, family)

    assert page.index("Support changed: Targeted: getting help, with risk support") < page.index("Work began")
    assert "Session: was not brought" in page
    assert "Session, home, 50 minutes" in page
    assert f'href="/families/{family.family_id}/tier"' in page
    assert "All 4 entries" in page
    assert "Timeline 4" in page
    assert "Sessions 2" in page


async def test_a_family_whom_nobody_has_met_is_waiting_and_nothing_else_is_made_up(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)

    page = await page_of(staff, family)

    assert "Waiting for the first contact" in page
    assert "They have not been seen yet." in page
    assert "No measure from the start" not in page
    assert "not chosen yet" in page


async def test_days_without_pauses_leave_out_only_reasons_that_the_team_counts(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    values = {"id": new_id(), "version": 1, "episode_id": family.episode_id, "reason": PauseReason.FAMILY_ASKED}
    facts = {"started_on": TODAY, "note": "", "recorded_by": family.practitioner.id, "recorded_at": NOW}
    async with team.engine.begin() as connection:
        await connection.execute(insert(pause).values(**values, **facts))
    team.now = NOW + timedelta(days=10)
    await staff.signs_in(PRACTITIONER)

    page = await page_of(staff, family)

    assert re.search(r"Paused since <time[^>]*>Mon 2 Mar", page)
    assert "without pauses" not in page


async def test_the_administrator_books_and_does_not_decide(team: ATeam, visitor: Visitor) -> None:
    family = await a_family(team)
    await visitor.signs_in(ADMINISTRATOR)

    page = await page_of(visitor, family)

    assert ">Book<" in page
    assert "Ask a practitioner to record a session" in page
    assert "Record session" not in page
    assert "Change tier" not in page


async def test_the_timeline_is_filtered_and_downloaded(team: ATeam, staff: Visitor) -> None:
    family = await a_busy_family(team)

    assert "2 entries, the newest first" in await page_of(staff, family, "/timeline?kind=contact")
    assert "Nothing of this kind is recorded." in await page_of(staff, family, "/timeline?kind=ending")
    rows = list(csv.reader(io.StringIO(await page_of(staff, family, "/timeline.csv?kind=support"))))
    assert [row[2] for row in rows[1:]] == [
        "Support changed: Targeted: getting help, with risk support (needs are higher)",
        "Work began with support: Targeted: getting help",
    ]
    assert (await staff.client.get(f"/families/{family.family_id}/timeline?kind=gossip")).status_code == 422
    assert ("timeline.export", family.family_id) in await team.audited()


async def test_a_letter_that_left_is_in_the_timeline_and_a_draft_is_not(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    letter_id = await a_finished_draft(family)
    assert "Nothing of this kind" in await page_of(staff, family, "/timeline?kind=letter")

    await issue_it(team, letter_id)

    assert LetterKind.FAMILY_MISSED.label in await page_of(staff, family, "/timeline?kind=letter")


async def test_the_timeline_has_25_entries_a_page(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    for day in range(27):
        team.now = NOW + timedelta(days=27)
        await family.has(family.session(held_on=TODAY + timedelta(days=day)))
    await staff.signs_in(PRACTITIONER)

    assert "28 entries" in await page_of(staff, family, "/timeline")
    assert "Work began" in await page_of(staff, family, "/timeline?page=2")
    beyond = await staff.client.get(f"/families/{family.family_id}/timeline?page=9")
    assert beyond.headers["location"] == f"/families/{family.family_id}/timeline"


async def test_the_page_takes_as_many_statements_for_much_as_for_little(team: ATeam) -> None:
    family = await a_family(team)
    few = await statements_of(team, family)
    for day in range(10):
        team.now = NOW + timedelta(days=10)
        await family.has(family.session(held_on=TODAY + timedelta(days=day)))

    assert await statements_of(team, family) == few <= 12


async def statements_of(team: ATeam, family: AFamily) -> int:
    told: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        event.listen(team.engine.sync_engine, "before_cursor_execute", count)
        await family_banner(work, family.family_id, TODAY)
        await family_overview(work, family.episode_id, asks(), is_silent=False)
        await open_tasks(work, family.family_id)
        await recent_sessions(work, family.family_id, 8)
        await scored_measures(work, family.family_id)
        await (await family_events(work, family.family_id, EventFilter())).page(work.session, rows=6)
        event.remove(team.engine.sync_engine, "before_cursor_execute", count)
    return len(told)


async def test_the_overview_and_the_timeline_are_accessible(team: ATeam, address: str, browser: Browser) -> None:
    family, new = await a_busy_family(team), await a_family(team, request={"nhs_number": None})
    team.now = NOW + timedelta(days=120)
    async with visit(browser, address) as page:
        await sign_in(page, "/caseload")
        found: list[str] = []
        for one, end in ((family, ""), (new, "")):
            await page.goto(f"/families/{one.family_id}{end}")
            found += await faults_at_every_width(page)
    assert found == []
