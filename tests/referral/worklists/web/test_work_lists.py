"""The work lists as pages: who may see them, what an empty one says, what a search finds and what it leaves behind."""

import csv
import io
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.restriction import RestrictionReason
from services.referral.people.domain.subject import Baby, Unborn
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER, REGIONAL_LEAD, Visitor
from tests.referral.worklists.builders import a_colleague, a_family, a_task, an_appointment

ME = Actor(PRACTITIONER.id, PRACTITIONER.roles)
LISTS = ["/my-day", "/caseload", "/waiting", "/reviews", "/tasks", "/missing-outcomes", "/team"]
PAGES = [*LISTS, *(f"{path}.csv" for path in LISTS), "/search"]


async def a_full_team(team: ATeam) -> UUID:
    """A family that is on every list of the practitioner; gives its id."""
    await a_colleague(team, PRACTITIONER.name, ME)
    family_id = await a_family(
        team, days_ago=40, lead_id=ME.id, review_on=TODAY - timedelta(1), first_contact_on=TODAY - timedelta(30)
    )
    await an_appointment(team, family_id, ME.id, NOW)
    await an_appointment(team, family_id, ME.id, NOW - timedelta(3))
    await a_task(team, family_id, detail="An answer about self-harm.")
    return family_id


async def found(staff: Visitor, text: str) -> str:
    return (await staff.posts("/search", {"text": text}, seen_on="/search")).text


async def test_nobody_sees_a_list_without_signing_in(visitor: Visitor) -> None:
    for path in PAGES:
        assert (await visitor.client.get(path)).headers["location"] == f"/sign-in?next={path}"
    assert (await visitor.client.post("/search", data={"text": "Leonie"})).status_code in {303, 403}


async def test_the_region_sees_no_list(visitor: Visitor) -> None:
    await visitor.signs_in(REGIONAL_LEAD)

    for path in PAGES:
        assert (await visitor.client.get(path)).status_code == 403


@pytest.mark.parametrize("person", [PRACTITIONER, LEAD, ADMINISTRATOR], ids=lambda person: person.name)
async def test_whoever_works_in_the_team_sees_every_list(team: ATeam, visitor: Visitor, person: Any) -> None:
    await a_full_team(team)
    await visitor.signs_in(person)

    for path in PAGES:
        assert (await visitor.client.get(path)).status_code == 200


@pytest.mark.parametrize("path", [path for path in LISTS if path != "/team"])
async def test_a_family_is_on_the_page_and_in_the_file(team: ATeam, staff: Visitor, path: str) -> None:
    await a_full_team(team)

    page, file = (await staff.client.get(path)).text, (await staff.client.get(f"{path}.csv")).text

    assert "Shannon Example" in page
    assert f'href="{path}.csv' in page
    rows = list(csv.DictReader(io.StringIO(file.removeprefix("\ufeff"))))
    assert [row["Baby"] for row in rows] == ["Shannon Example"] * (2 if path == "/my-day" else 1)
    assert {row.get("Parents and carers") for row in rows} == {"Leonie Example, Dan Example"}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/my-day", "You have no visits today."),
        ("/my-day", "Nothing due."),
        ("/my-day", "You have no families yet."),
        ("/waiting", "No family is waiting."),
        ("/waiting?clock=first_contact&part=over", "No family fits this filter."),
        ("/reviews", "No review is due for these families."),
        ("/reviews?whose=team", "No review is due."),
        ("/tasks", "Nothing due."),
        ("/tasks?whose=team", "No task is open in the team."),
        ("/tasks?kind=risk_note", "No task fits this filter."),
        ("/missing-outcomes", "No outcome is missing for these families."),
        ("/missing-outcomes?whose=team", "No outcome is missing: every family"),
    ],
)
async def test_an_empty_list_says_so(staff: Visitor, path: str, sentence: str) -> None:
    assert sentence in (await staff.client.get(path)).text


async def test_every_list_that_is_read_is_in_the_audit_trail(team: ATeam, staff: Visitor) -> None:
    for path in PAGES:
        await staff.client.get(path)

    actions = [action for action, _ in await team.audited() if not action.startswith("sign")]
    names = ["my_day", "caseload", "waiting", "reviews", "tasks", "missing_outcomes", "team"]
    assert actions == [f"{name}.{what}" for what in ("read", "export") for name in names] + ["search.read"]


async def test_my_day_says_what_is_booked_what_must_be_answered_and_who_is_next(team: ATeam, staff: Visitor) -> None:
    family_id = await a_full_team(team)

    page = (await staff.client.get("/my-day")).text

    assert "10:30</b>" in page
    assert "Fri 27 Feb</time><br>10:30</b>" in page
    assert "An answer about self-harm." in page
    assert page.index('id="next"') < page.index(f'href="/families/{family_id}"', page.index('id="next"'))
    assert page.count(f'href="/families/{family_id}/sessions/new?appointment=') == 2


async def test_my_day_shows_tomorrow_and_offers_to_record_only_what_has_been(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team)
    await a_colleague(team, PRACTITIONER.name, ME)
    await an_appointment(team, family_id, ME.id, NOW + timedelta(1), interpreter="Polish")

    page = (await staff.client.get("/my-day")).text

    assert "Tomorrow" in page
    assert "Session, home · Interpreter: Polish" in page
    assert "sessions/new?appointment=" not in page


async def test_a_safety_task_comes_first_and_leads_to_the_risk_note_it_is_about(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team)
    await a_task(team, family_id, TaskKind.SUPERVISION)
    task_id = await a_task(team, family_id)

    for path in ("/my-day", "/tasks"):
        page = (await staff.client.get(path)).text
        assert page.index(f'href="/families/{family_id}/risk-notes"') < page.rindex(TaskKind.SUPERVISION.label)
        assert f'class="pairs-do" href="/tasks/{task_id}"' in page


async def test_only_the_lead_is_led_to_what_needs_the_lead(staff: Visitor, visitor: Visitor) -> None:
    assert 'href="/needs-me"' not in (await staff.client.get("/my-day")).text
    await visitor.signs_in(LEAD)

    assert 'href="/needs-me"' in (await visitor.client.get("/my-day")).text


async def test_a_task_is_answered_on_its_page(team: ATeam, staff: Visitor) -> None:
    task_id = await a_task(team, await a_full_team(team), TaskKind.SUPERVISION)
    path = f"/tasks/{task_id}"

    empty = await staff.posts(path, {"version": "1", "answer": " "}, seen_on=path)
    answered = await staff.posts(path, {"version": "1", "answer": "Talked with Tom."}, seen_on=path)
    tasks = await staff.client.get(answered.headers["location"])
    looked_up = await staff.client.get("/tasks?state=answered")

    assert (empty.status_code, "Write what you did" in empty.text) == (422, True)
    assert (answered.status_code, answered.headers["location"]) == (303, "/tasks?done=answered")
    assert "Saved" in tasks.text
    assert "Priya Sample" in looked_up.text
    assert "Talked with Tom." in (await staff.client.get(path)).text


async def test_a_second_answer_is_told_of_the_first_and_keeps_what_was_written(team: ATeam, staff: Visitor) -> None:
    path = f"/tasks/{await a_task(team, await a_family(team))}"
    csrf_page = "/tasks"
    await staff.posts(path, {"version": "1", "answer": "First."}, seen_on=csrf_page)

    second = await staff.posts(path, {"version": "1", "answer": "My own words."}, seen_on=csrf_page)

    assert second.status_code == 409
    assert "Someone answered this on 2 March 2026" in second.text
    assert "First." in second.text
    assert "My own words." in second.text


async def test_an_administrator_sees_a_task_and_does_not_answer_it(team: ATeam, visitor: Visitor) -> None:
    path = f"/tasks/{await a_task(team, await a_family(team))}"
    await visitor.signs_in(ADMINISTRATOR)

    page = await visitor.client.get(path)
    sent = await visitor.posts(path, {"version": "1", "answer": "Mine."}, seen_on="/tasks")

    assert "A practitioner or the team lead answers this." in page.text
    assert "<textarea" not in page.text
    assert sent.status_code == 403


async def test_a_review_of_an_opening_leads_to_its_own_page(team: ATeam, visitor: Visitor) -> None:
    task_id = await a_task(team, await a_family(team), TaskKind.BREAK_GLASS_REVIEW)
    await visitor.signs_in(LEAD)

    answer = await visitor.client.get(f"/tasks/{task_id}")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/break-glass/")


@pytest.mark.parametrize(
    "text",
    ["999 000 0018", "9990000018", "tea-2026-000001", "TEA2026000001", "shannon", "Shan Ex", "example leo", "DAN"],
)
async def test_a_family_is_found_by_number_reference_or_name(team: ATeam, staff: Visitor, text: str) -> None:
    family_id = await a_family(team)

    page = await found(staff, text)

    assert f'href="/families/{family_id}"' in page
    assert "Names can be alike. Check the date of birth" in page
    assert "TEA-2026-000001" in page
    assert "Shannon Example" in page


async def test_a_match_shows_when_the_baby_was_born_and_the_whole_number(team: ATeam, staff: Visitor) -> None:
    await a_family(team)

    page = await found(staff, "shannon")

    assert "Born 20 October 2025" in page
    assert "999 000 0018" in page
    assert "With Leonie Example, Dan Example" in page


async def test_two_babies_of_one_name_are_told_apart(team: ATeam, staff: Visitor) -> None:
    await a_family(team)
    await a_family(team, request={"subject": Baby("Shannon Example", TODAY - timedelta(9)), "nhs_number": None})

    page = await found(staff, "shannon")

    assert "2 matches" in page
    assert "Born 20 October 2025" in page
    assert "Born 21 February 2026" in page


@pytest.mark.parametrize("text", ["olivia", "TEA-2026-000001", "garcia"])
async def test_a_referral_that_nobody_decided_on_is_found_too(team: ATeam, staff: Visitor, text: str) -> None:
    carer = Caregiver("Olivia O'Brien-Garcia", Relationship.BIRTH_PARENT)
    receipt = await team.receives(subject=Unborn(TODAY), caregiver=carer, nhs_number=None)

    page = await found(staff, text)

    assert f'href="/referrals/{receipt.referral_id}"' in page
    assert "Baby, no name" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter an NHS number, a reference or a name"),
        ("x", "Enter two letters or more of a name, or a number."),
        ("%", "Enter two letters or more of a name, or a number."),
        ("999 000 0019", "This cannot be an NHS number"),
        ("12345", "This cannot be an NHS number"),
        ("a" * 101, "Use 100 characters or fewer"),
        ("Leo\x00nie", "Type this again"),
    ],
)
async def test_a_search_for_nothing_says_what_to_enter(staff: Visitor, text: str, sentence: str) -> None:
    answer = await staff.posts("/search", {"text": text}, seen_on="/search")

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("text", ["nobody at all", "hannon", "TEA-2026-999999", "999 000 0026", "' OR 1=1--", "50%_zz"])
async def test_a_search_without_a_match_says_so(team: ATeam, staff: Visitor, text: str) -> None:
    await a_family(team)

    page = await found(staff, text)

    assert "No match" in page
    assert "Nobody on record fits." in page


async def test_a_search_says_what_it_showed_in_the_trail_and_nothing_in_an_address_or_log(
    team: ATeam, staff: Visitor, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    family_id = await a_family(team)
    caplog.set_level(logging.DEBUG)

    answer = await staff.posts("/search", {"text": "shannon"}, seen_on="/search")

    assert (await team.audited())[-2:] == [("search.run", None), ("search.show", family_id)]
    assert str(answer.url).partition("?draft=")[0].endswith("/search")
    said = caplog.text + "".join(capsys.readouterr())
    assert "shannon" not in said.lower()


async def test_a_name_in_the_address_is_not_searched_for(team: ATeam, staff: Visitor) -> None:
    await a_family(team)

    page = await staff.client.get("/search", params={"text": "shannon"})

    assert "Shannon Example" not in page.text


async def test_more_than_a_page_of_matches_asks_for_more_of_the_name(team: ATeam, staff: Visitor) -> None:
    for _ in range(13):
        await team.accepts()

    page = await found(staff, "example")

    assert "There are more than these." in page
    assert page.count("<tr>") == 26


async def test_a_restricted_family_has_no_name_on_a_list_for_whom_it_does_not_concern(
    team: ATeam, staff: Visitor
) -> None:
    lead = an_actor(Role.TEAM_LEAD)
    family_id = await a_full_team(team)
    async with team.begin(lead) as work:
        await restrict_family(RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "A colleague's family."), work)

    pages = {path: (await staff.client.get(path)).text for path in (*LISTS[:-1], *(f"{one}.csv" for one in LISTS[:-1]))}

    assert all("Restricted record" in page for page in pages.values())
    assert not [path for path, page in pages.items() if "Shannon" in page or "Leonie" in page]
    assert not [path for path, page in pages.items() if "self-harm." in page]


async def test_a_restricted_family_is_found_by_its_number_only_and_without_a_name(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team)
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await restrict_family(RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "A colleague's family."), work)

    by_name, by_number = await found(staff, "shannon"), await found(staff, "999 000 0018")

    assert "No match" in by_name
    assert "Restricted record" in by_number
    assert "Shannon" not in by_number
    assert "20 October" not in by_number


async def test_whoever_is_named_finds_a_restricted_family_as_any_other(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team)
    command = RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "A colleague's family.", frozenset({ME.id}))
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await restrict_family(command, work)

    assert "Born 20 October 2025" in await found(staff, "shannon")


async def test_a_task_of_a_restricted_family_is_not_shown_or_answered(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team)
    path = f"/tasks/{await a_task(team, family_id, detail='A worry.')}"
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await restrict_family(RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "A colleague's family."), work)

    page = await staff.client.get(path)
    sent = await staff.posts(path, {"version": "1", "answer": "Mine."}, seen_on="/tasks")

    assert (page.status_code, sent.status_code) == (403, 403)
    assert "A worry." not in page.text
