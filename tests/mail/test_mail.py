import asyncio
import socket
import time

import pytest

from shared.kernel.identifiers import new_id
from shared.mail import Mail, MailServer, MailTrouble
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
