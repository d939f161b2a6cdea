"""The list of messages: what failed first, why, and the button that tries again."""

import csv
import io

import pytest

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import reminder_words
from services.referral.people.domain.restriction import RestrictionReason
from shared.contracts.vocabulary import Role
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.messages import LINK, PHONE, a_family_with_email, queue, send, stored
from tests.referral.web.visitor import REGIONAL_LEAD, Visitor, client_of, hidden_in, pages_of


async def fails(team: ATeam, number: int = 1, **request: object) -> None:
    family = await a_family_with_email(team, request=request)
    async with a_mail_server() as server:
        server.answers = {"RCPT": "550 no such mailbox"}
        for one in range(number):
            await queue(family, str(one))
            await send(team, server)


async def test_what_failed_is_listed_with_why_and_is_tried_again(team: ATeam, staff: Visitor) -> None:
    await fails(team)
    (message,) = await stored(team)

    page = (await staff.client.get("/messages")).text
    answer = await staff.posts(f"/messages/{message.id}/retry", {"version": "3"}, seen_on="/messages")
    after = (await staff.client.get(answer.headers["location"])).text

    assert "The mail server refused the address" in page
    assert "Leonie Example" in page
    assert LINK not in page
    assert "The message is tried again" in after
    assert "No message has failed." in after


async def test_what_may_have_left_is_shown_as_such_with_the_button_that_sends_it_again(
    team: ATeam, staff: Visitor
) -> None:
    await queue(await a_family_with_email(team))
    async with a_mail_server() as server:
        server.may_answer.clear()
        await send(team, server, seconds=0.3)

    page = (await staff.client.get("/messages")).text

    assert "It may have left: an attempt began, and nobody knows how it ended" in page
    assert "Try again" in page


async def test_a_second_press_is_told_that_it_was_tried(team: ATeam, staff: Visitor) -> None:
    await fails(team)
    (message,) = await stored(team)
    pages = [hidden_in((await staff.client.get("/messages")).text) for _ in range(2)]

    answers = [
        await staff.client.post(f"/messages/{message.id}/retry", data={"version": "3", **page}) for page in pages
    ]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "This message was tried again meanwhile." in answers[1].text


async def test_without_a_mail_server_the_page_says_that_nothing_leaves(team: ATeam, staff: Visitor) -> None:
    await queue(await a_family_with_email(team))

    page = (await staff.client.get("/messages?state=waiting")).text

    assert "No mail server is set" in page
    assert "1 message · newest first" in page


async def test_with_a_mail_server_it_does_not(team: ATeam) -> None:
    app = pages_of(team, smtp_url="smtp://127.0.0.1:25", mail_sender="team@example.org")
    async with client_of(app) as client:
        visitor = Visitor(client)
        await visitor.signs_in(REGIONAL_LEAD)
        assert (await client.get("/messages")).status_code == 403


@pytest.mark.parametrize(("state", "number"), [("", 1), ("failed", 1), ("waiting", 1), ("sent", 0), ("stopped", 0)])
async def test_the_filter_is_in_the_address(team: ATeam, staff: Visitor, state: str, number: int) -> None:
    await fails(team)
    family = await a_family_with_email(team, request={"nhs_number": None})
    await queue(family, "w", kind=MessageKind.LETTER_READY, words=reminder_words(PHONE, NOW))

    page = (await staff.client.get(f"/messages?state={state}")).text

    assert page.count("<th scope=row role=rowheader") == number
    if not number:
        assert "No message fits this filter." in page


async def test_the_list_has_pages_and_a_file(team: ATeam, staff: Visitor) -> None:
    await fails(team, 26)

    first, second = (await staff.client.get("/messages")).text, (await staff.client.get("/messages?page=2")).text
    beyond = await staff.client.get("/messages?page=3")
    rows = list(csv.reader(io.StringIO((await staff.client.get("/messages.csv")).text.removeprefix("\ufeff"))))

    assert (first.count("<th scope=row role=rowheader"), second.count("<th scope=row role=rowheader")) == (25, 1)
    assert beyond.status_code == 303
    assert len(rows) == 27
    assert rows[1][:4] == [
        "Link to a questionnaire",
        "Leonie Example",
        "Failed",
        "The mail server refused the address",
    ]


async def test_nobody_is_named_of_a_record_that_the_reader_may_not_open(team: ATeam, staff: Visitor) -> None:
    family = await a_family_with_email(team)
    await queue(family)
    lead = an_actor(Role.TEAM_LEAD)
    async with team.begin(lead) as work:
        await restrict_family(
            RestrictFamily(family.family_id, RestrictionReason.COLLEAGUE, "She works here.", frozenset({lead.id})), work
        )

    for path in ("/messages?state=waiting", "/messages.csv?state=waiting"):
        page = (await staff.client.get(path)).text
        assert "Link to a questionnaire" in page
        assert "Leonie" not in page


async def test_a_wrong_filter_is_refused_and_an_empty_list_says_so(staff: Visitor) -> None:
    assert (await staff.client.get("/messages?state=lost")).status_code == 422
    assert "No message has failed." in (await staff.client.get("/messages")).text
