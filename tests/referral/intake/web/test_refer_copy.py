"""Who refers herself and gave an address that only she reads can have her receipt by email."""

import asyncio

import pytest
from sqlalchemy import text

from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PARENT, PHONE_LINE, PROFESSIONAL, Answers, Visitor, client_of, pages_of

MAIL = {"smtp_url": "smtp://127.0.0.1:1", "mail_sender": "team@example.org"}
OFFER = "Email me a copy"
WITH_EMAIL: Answers = PARENT | {"contact": {**PARENT["contact"], "email": "olivia@example.org"}}


async def queued(team: ATeam) -> list[tuple[str, str, str]]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(text("SELECT kind, address, subject || ' ' || body AS words FROM message"))
        return [(row.kind, row.address, row.words) for row in rows]


async def test_a_copy_has_the_reference_the_day_and_the_telephone_and_leaves_once(team: ATeam) -> None:
    async with client_of(pages_of(team, **MAIL)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(WITH_EMAIL)
        reference = await visitor.sends()
        offered = (await visitor.opens("sent")).text
        await asyncio.gather(*(client.post(f"{visitor.form}/copy") for _ in range(3)))
        told = (await visitor.opens("sent")).text

    [(kind, address, words)] = await queued(team)
    assert OFFER in offered
    assert OFFER not in told
    assert "emailing a copy to olivia@example.org" in told
    assert (kind, address) == ("receipt", "olivia@example.org")
    for said in (reference, "2 March 2026", PHONE_LINE):
        assert said in words
    for unsaid in ("Olivia", "baby", "afraid", "parent", "infant", "childhood"):
        assert unsaid not in words


@pytest.mark.parametrize(
    ("answers", "mail"),
    [(WITH_EMAIL, {}), (PARENT, MAIL), (PROFESSIONAL, MAIL)],
    ids=["no mail server", "no address", "a professional"],
)
async def test_where_no_copy_can_safely_go_none_is_offered(team: ATeam, answers: Answers, mail: dict[str, str]) -> None:
    async with client_of(pages_of(team, **mail)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(answers)
        await visitor.sends()
        page = (await visitor.opens("sent")).text
        await client.post(f"{visitor.form}/copy")

    assert OFFER not in page
    assert await queued(team) == []


async def test_nothing_is_copied_of_what_was_not_sent(team: ATeam) -> None:
    async with client_of(pages_of(team, **MAIL)) as client:
        visitor = Visitor(client)
        await visitor.answers_all(WITH_EMAIL, before="story")
        await client.post(f"{visitor.form}/copy")

    assert await queued(team) == []
