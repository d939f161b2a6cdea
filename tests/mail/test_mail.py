import asyncio
import socket
import time
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest

from shared.kernel.identifiers import new_id
from shared.mail import Attachment, Mail, MailServer, MailTrouble, as_message
from tests.mail.server import a_mail_server

SENDER = "team@example.org"


def a_mail(to: str = "leonie@example.org") -> Mail:
    return Mail(new_id(), to, "Your appointment – Tuesday", "Hello Zoë\n\nWe meet on Tuesday.\n.\n")


async def test_a_mail_is_handed_over_whole_and_can_be_told_from_a_copy() -> None:
    mail = a_mail()

    async with a_mail_server() as server:
        for _ in range(2):
            await MailServer(server.url, SENDER).send(mail)

    assert len(server.taken) == 2
    for taken in server.taken:
        assert (taken["From"], taken["To"], taken["Subject"]) == (SENDER, mail.to, mail.subject)
        assert taken["Message-ID"] == f"<{mail.id}@example.org>"
        assert taken["Auto-Submitted"] == "auto-generated"
        assert taken.get_content().splitlines() == mail.body.splitlines()


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        ("RCPT", "550 no such mailbox", "address_refused"),
        ("RCPT", "451 later, please", "server_busy"),
        ("MAIL", "550 not from you", "refused"),
        ("MAIL", "421 too many", "server_busy"),
        ("DATA", "554 not that", "refused"),
        ("EHLO", "421 closing", "server_busy"),
    ],
)
async def test_what_the_server_answers_says_whether_it_is_for_good(command: str, answer: str, code: str) -> None:
    async with a_mail_server() as server:
        server.answers = {command: answer, "HELO": answer}
        with pytest.raises(MailTrouble) as trouble:
            await MailServer(server.url, SENDER).send(a_mail())

    assert trouble.value.code == code
    assert trouble.value.__cause__ is None
    assert server.taken == []


async def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(MailTrouble) as trouble:
        await MailServer(f"smtp://127.0.0.1:{port}", SENDER).send(a_mail())

    assert trouble.value.code == "server_unreachable"


@pytest.mark.parametrize("scheme", ["smtp+starttls://", "smtp://someone:password@"])
async def test_a_server_that_cannot_encrypt_or_let_us_in_gets_nothing(scheme: str) -> None:
    async with a_mail_server() as server:
        with pytest.raises(MailTrouble) as trouble:
            await MailServer(f"{scheme}127.0.0.1:{server.port}", SENDER).send(a_mail())

    assert trouble.value.code == "sign_in"
    assert server.taken == []


@pytest.mark.parametrize("address", ["zoë@example.org", "leonie@example.org\r\nBcc: dan@example.org", ""])
async def test_an_address_that_the_server_cannot_have_is_refused(address: str) -> None:
    async with a_mail_server() as server:
        with pytest.raises(MailTrouble) as trouble:
            await MailServer(server.url, SENDER).send(a_mail(address))

    assert trouble.value.code == "address_refused"
    assert server.taken == []


@pytest.mark.parametrize("trickles", [False, True])
async def test_a_server_that_never_finishes_is_given_up_in_time(trickles: bool) -> None:
    async with a_mail_server() as server:
        server.trickles, server.answers = trickles, {"EHLO": "250-not yet"}
        begun = time.monotonic()
        with pytest.raises(MailTrouble) as trouble:
            await MailServer(server.url, SENDER, total_seconds=0.3).send(a_mail())
        server.trickles = False

    assert trouble.value.code == "server_unreachable"
    assert time.monotonic() - begun < 2


async def test_what_was_given_up_is_not_handed_over_afterwards() -> None:
    async with a_mail_server() as server:
        server.trickles = True
        with pytest.raises(MailTrouble):
            await MailServer(server.url, SENDER, total_seconds=0.1).send(a_mail())
        server.trickles = False
        await asyncio.sleep(0.3)

    assert server.taken == []


@pytest.mark.parametrize("answer", ["421 closing", "250-wait"])
async def test_a_mail_that_was_taken_has_left_whatever_the_server_says_afterwards(answer: str) -> None:
    async with a_mail_server() as server:
        server.answers = {"QUIT": answer}
        await MailServer(server.url, SENDER, total_seconds=0.5).send(a_mail())

    assert len(server.taken) == 1


async def test_of_a_mail_that_the_server_was_given_and_never_answered_nobody_knows_whether_it_left() -> None:
    async with a_mail_server() as server:
        server.may_answer.clear()
        with pytest.raises(MailTrouble) as trouble:
            await MailServer(server.url, SENDER, total_seconds=0.3).send(a_mail())
        server.may_answer.set()

    assert trouble.value.code == "not_known"


def test_the_address_that_stops_emails_stays_whole_however_long_it_is() -> None:
    """djcb/mu/issues/2623, tutao/tutanota/pull/6380, phpList/phplist3/pull/617: encoded, folded, alone."""
    stops = f"<https://reporting.lancashire-and-south-cumbria.example.nhs.uk/stop/{'a' * 43}/one-click>"
    headers = (("List-Unsubscribe", stops), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))

    message = as_message(Mail(new_id(), "name@example.org", "Figures – May", "Body", headers=headers), "a@b.example")
    policy: Any = message.policy
    for utf8 in (False, True):
        sent = message.as_bytes(policy=policy.clone(utf8=utf8))
        assert f"\r\nList-Unsubscribe: {stops}\r\n".encode() in sent
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent


@pytest.mark.parametrize("subject", ["A\r\nBcc: other@example.org", "A\nB", "A\rB"])
def test_a_subject_is_never_two_headers(subject: str) -> None:
    with pytest.raises(ValueError, match=r"newline|linefeed|carriage"):
        as_message(Mail(new_id(), "name@example.org", subject, "Body"), "team@one.example")


def test_a_calendar_file_says_its_method_where_mail_programs_look_for_it() -> None:
    """Couchers-org/couchers/issues/8557, calcom/cal.diy/issues/29706."""
    file = Attachment("day.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n", (("method", "CANCEL"),))
    message = as_message(Mail(new_id(), "name@example.org", "Gone", "Body", (file,)), "team@one.example")

    [part] = message.iter_attachments()
    assert (part.get_content_type(), part.get_param("method"), part.get_content_charset()) == (
        "text/calendar",
        "CANCEL",
        "utf-8",
    )


def test_an_address_in_a_mail_is_read_again_whole() -> None:
    """jingfreeks/dells-softwares/issues/355, motifland/markprompt/issues/166."""
    link = f"https://training.blackpool.example.nhs.uk/place/{'a=' * 40}?x=1&y=é"
    message = as_message(Mail(new_id(), "name@example.org", "Your place", f"Open\n{link}\n"), "team@one.example")

    read = message_from_bytes(message.as_bytes(), policy=SMTP)
    assert link in read.get_content().splitlines()
