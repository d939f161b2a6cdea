"""What the public form says of danger, of safe contact and of what happens next, and what becomes of it."""

import asyncio
import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.database.promises import Promises
from shared.contracts.vocabulary import Role, Urgency
from shared.kernel.actor import public_form
from shared.kernel.calendar import moment_words
from tests.referral.a_team import ATeam
from tests.referral.builders import a_request, an_actor, an_opening
from tests.referral.intake.web.test_refer import requests_of
from tests.referral.web.visitor import (
    LEAD,
    PARENT,
    PHONE_LINE,
    PROFESSIONAL,
    Answers,
    Visitor,
    client_of,
    hidden_in,
    pages_of,
)

AT_NIGHT = datetime(2026, 11, 26, 3, 12, tzinfo=UTC)
ALARMED: dict[str, Any] = {"alarmed": "team_lead"}
SCARED = PARENT | {
    "danger": {"in_danger": "yes"},
    "due": {"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"},
}
NUMBER = {"phone": "07700 900982", "contact_ways": ["text"]}


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


async def promised(team: ATeam) -> list[tuple[str, str]]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(text("SELECT kind, due_at FROM promise ORDER BY due_at"))
        return [(row.kind, moment_words(row.due_at)) for row in rows]


async def test_who_says_at_night_that_there_is_danger_reads_who_to_call_and_by_when_she_hears(team: ATeam) -> None:
    team.now = AT_NIGHT
    async with client_of(pages_of(team, **ALARMED)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(SCARED, before="danger")
        answer = await visitor.answers("danger", {"in_danger": "yes"})
        shown = words_of((await client.get(answer.headers["location"])).text)

    for number in ("999", "111", "0808 2000 247", "116 123"):
        assert number in shown
    assert "Nobody has seen this yet. It’s 3:12am. We open at 9am on Thursday 26 November." in shown
    assert "one of us will contact you by 10am today" in shown


async def test_before_she_sends_it_she_reads_again_who_to_call_and_by_when_she_hears(team: ATeam) -> None:
    team.now = AT_NIGHT
    async with client_of(pages_of(team, **ALARMED)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(SCARED)
        shown = words_of((await visitor.opens("check")).text)

    assert "0808 2000 247" in shown
    assert "Send it now, and one of us will contact you by 10am today" in shown


async def test_nothing_is_promised_while_nobody_is_alarmed(team: ATeam, visitor: Visitor) -> None:
    team.now = AT_NIGHT
    await visitor.answers_all(SCARED)
    await visitor.sends()

    for page in ("danger-now", "sent"):
        shown = words_of((await visitor.opens(page)).text)
        assert "10am" not in shown
    assert await promised(team) == [("danger_said", "26 November 2026, 10:00am")], "the team is told all the same"


async def test_what_the_last_page_promises_of_danger_is_what_the_team_owes(team: ATeam) -> None:
    team.now = AT_NIGHT
    async with client_of(pages_of(team, **ALARMED)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(SCARED)
        await visitor.sends()
        shown = words_of((await visitor.opens("sent")).text)

    assert "By 10am on Thursday 26 November One of us will contact you." in shown
    assert shown.index("You said that someone is in danger") < shown.rindex("We’ve got your request")
    assert await promised(team) == [("danger_said", "26 November 2026, 10:00am")]


async def test_the_last_page_says_by_which_days_it_is_read_and_answered_and_how(team: ATeam, visitor: Visitor) -> None:
    team.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    await visitor.answers_all(SCARED | {"danger": {"in_danger": "no"}})
    await visitor.sends()

    shown = words_of((await visitor.opens("sent")).text)

    assert "By Thursday 3 December One of our team will have read it." in shown
    assert "By Friday 4 December You will have heard from us." in shown
    assert "You asked for this: Text message is safe. No phone call. No voicemail." in shown
    assert PHONE_LINE.partition(",")[0] in shown
    assert "mail" not in shown.replace("voicemail", "")
    assert await promised(team) == [
        ("read_by", "3 December 2026, 5:00pm"),
        ("heard_by", "4 December 2026, 5:00pm"),
    ]


async def test_just_leave_my_number_asks_for_nothing_else_and_triage_sees_it_first(team: ATeam) -> None:
    team.now = AT_NIGHT
    async with client_of(pages_of(team, **ALARMED)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(SCARED, before="about-you")
        answers = await asyncio.gather(*(visitor.answers("number", NUMBER) for _ in range(3)))
        sent = words_of((await visitor.opens("sent")).text)
        draft = (await client.get("/refer")).text

    assert {answer.headers["location"] for answer in answers} == {f"{visitor.form}/sent"}
    assert "We have your number" in sent
    assert "By 10am on Thursday 26 November" in sent
    assert "07700900" not in draft.replace(" ", "")
    assert await promised(team) == [("danger_said", "26 November 2026, 10:00am")]


async def test_triage_sees_a_number_that_was_left_first_and_answers_it(team: ATeam) -> None:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(PARENT | {"danger": {"in_danger": "yes"}}, before="about-you")
        await visitor.answers("number", NUMBER)
        await visitor.signs_in(LEAD)
        queue = (await client.get("/triage")).text
        where = re.findall(r"/callbacks/[0-9a-f-]+", queue)
        page = await client.get(where[0])
        answered = await client.post(where[0], data={**_hidden(page.text), "answer": "She is at her sister's."})
        after = (await client.get("/triage")).text

    assert len(set(where)) == 1
    assert "Someone in danger" in queue
    assert "07700900982" in page.text
    assert "Text message is safe. No phone call. No voicemail." in page.text
    assert answered.headers["location"] == "/triage?done=called_back"
    assert "/callbacks/" not in after
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM promise WHERE answered_at IS NULL")) == 0


def _hidden(page: str) -> dict[str, str]:
    version = re.findall(r'name="version" value="(\d+)"', page)
    return {**hidden_in(page), "version": version[0]}


async def test_a_number_on_which_nothing_is_safe_is_asked_about_again(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(SCARED, before="about-you")

    answer = await visitor.answers("number", {"phone": "07700 900982"})

    assert answer.status_code == 422
    assert "Choose what is safe on this number" in answer.text
    async with team.begin(public_form()) as work:
        assert await Callbacks(work).open() == []


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ({"phone": "07700 900456"}, "Choose what is safe on this number"),
        ({"phone": "07700 900456", "contact_ways": ["call"]}, "Choose what we do if someone else picks up"),
        ({}, "Enter a phone number, or choose that you cannot use a phone safely"),
        ({"no_phone": "yes"}, "Enter an email address that only you can read"),
    ],
    ids=["nothing ticked", "who else may pick up", "nothing", "no safe phone and no address"],
)
async def test_who_gives_a_number_is_asked_what_is_safe_on_it(
    visitor: Visitor, contact: dict[str, Any], sentence: str
) -> None:
    await visitor.answers_all(PARENT, before="contact")

    answer = await visitor.answers("contact", contact)

    assert answer.status_code == 422
    assert sentence in answer.text


async def test_a_number_that_is_not_safe_is_not_sent(team: ATeam, visitor: Visitor) -> None:
    unsafe = {"phone": "07700 900456", "no_phone": "yes", "email": "olivia@example.org"}
    await visitor.answers_all(PARENT | {"contact": unsafe})
    await visitor.sends()

    (request,) = await requests_of(team)
    assert request.caregiver.phone is None
    assert (request.referrer.phone, request.referrer.email) == (None, "olivia@example.org")
    assert request.contact is not None
    assert request.contact.in_words == "No phone is safe. Do not call or text."


async def test_the_referrals_page_says_how_to_reach_them_safely(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    await visitor.sends()
    async with team.engine.connect() as connection:
        referral_id = await connection.scalar(text("SELECT id FROM referral"))
    staff = Visitor(visitor.client)
    await staff.signs_in(LEAD)

    shown = words_of((await visitor.client.get(f"/referrals/{referral_id}")).text)

    assert "Text message or phone call is safe. No voicemail." in shown
    assert "say that we are from the nhs" in shown.lower()


DISAGREED: Answers = PROFESSIONAL | {"consent": {"consent": "disagreed"}}


async def test_a_family_that_does_not_agree_is_not_sent_by_name_without_a_reason(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(DISAGREED, before="consent")
    answer = await visitor.answers("consent", DISAGREED["consent"])
    page = words_of((await visitor.client.get(answer.headers["location"])).text)
    wrong = await visitor.answers("against-will", {"against_will": " "})
    for name in ("born", "baby", "nhs-number", "caregiver", "parent-contact", "talking", "home", "reasons", "story"):
        await visitor.answers(name, DISAGREED[name])
    unsent = await visitor.client.post(f"{visitor.form}/check")

    assert answer.headers["location"] == f"{visitor.form}/against-will"
    assert PHONE_LINE.partition(",")[0] in page
    assert "Leave my number for advice" in page
    assert wrong.status_code == 422
    assert unsent.headers["location"] == f"{visitor.form}/against-will"
    assert await requests_of(team) == []


async def test_the_reason_why_a_family_is_referred_against_its_will_is_stored_and_shown(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all({name: PROFESSIONAL[name] for name in ("who", "danger", "referrer")})
    rest = [name for name in PROFESSIONAL if name not in ("who", "danger", "referrer", "consent")]
    await visitor.answers("consent", {"consent": "disagreed"})
    await visitor.answers("against-will", {"against_will": "The baby was left alone twice."})
    for name in rest:
        await visitor.answers(name, PROFESSIONAL[name])
    await visitor.sends()

    (request,) = await requests_of(team)
    assert request.against_will == "The baby was left alone twice."
    async with team.engine.connect() as connection:
        referral_id = await connection.scalar(text("SELECT id FROM referral"))
    await Visitor(visitor.client).signs_in(LEAD)
    assert "The baby was left alone twice." in (await visitor.client.get(f"/referrals/{referral_id}")).text


async def test_a_professional_asks_for_advice_by_leaving_a_number_and_no_name(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(DISAGREED, before="born")

    await visitor.answers("number", {"phone": "01632 960 010", "contact_ways": ["call"], "when_answered": "say_nhs"})

    async with team.begin(public_form()) as work:
        (left,) = await Callbacks(work).open()
        promises = await Promises(work).about(left.id)
    assert (left.left.in_danger, left.left.source_group) == (False, "health_visiting")
    assert [one.kind for one in promises] == ["read_by", "heard_by"]
    assert await requests_of(team) == []


async def test_what_came_otherwise_than_by_the_form_needs_no_answer_about_contact(team: ATeam) -> None:
    await team.receives()

    (request,) = await requests_of(team)
    assert request == a_request()


async def test_what_she_ticked_is_what_she_agreed_to_and_no_voicemail_is_left_that_was_not_ticked(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all(PARENT | {"contact": {**PARENT["contact"], "email": "olivia@example.org"}})
    await visitor.sends()
    async with team.engine.connect() as connection:
        referral_id = await connection.scalar(text("SELECT id FROM referral"))
    assert referral_id

    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        accepted = await accept_referral(AcceptReferral(referral_id, 1, Urgency.ROUTINE, an_opening()), work)

    async with team.engine.connect() as connection:
        scopes = (await connection.scalars(text("SELECT scope FROM consent ORDER BY scope"))).all()
    assert scopes == ["contact_by_email", "contact_by_text"]
    await Visitor(visitor.client).signs_in(LEAD)
    banner = words_of((await visitor.client.get(f"/families/{accepted.family_id}")).text)
    assert "interpreter: Polish" in banner
    assert "Text message is safe. No phone call. No voicemail." in banner
