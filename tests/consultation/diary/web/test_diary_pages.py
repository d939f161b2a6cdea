"""The diary, the page where people book, and the register, as they are used."""

import re
from uuid import UUID

import httpx

from shared.testing.visitor import client_of, hidden_in
from tests.consultation.conftest import AskedTeam
from tests.consultation.diary.test_book_meeting import names
from tests.consultation.diary.test_plan_meeting import is_held, plans

MARK = re.compile(r'action="(/diary/[0-9a-f-]{36}/places/[0-9a-f-]{36})"')
PERSON = {"name": "Ruth Bennett", "profession": "midwife", "organisation": "Grange Park"}
EMAIL = {"email": "ruth@grange.example"}


async def sends(client: httpx.AsyncClient, where: str, **fields: str) -> httpx.Response:
    page = await client.get(where)
    return await client.post(where, data={**hidden_in(page.text), **fields})


async def test_a_group_is_planned_booked_by_somebody_without_an_account_and_listed(asked: AskedTeam) -> None:
    sent = await sends(
        asked.priya,
        "/diary/new",
        kind="reflective_group",
        organisation=str(asked.organisation_id),
        topic="What we carry home",
        starts_at="2pm",
        minutes="60",
        place="Room 2",
        places="1",
        **{"day-day": "3", "day-month": "3", "day-year": "2026"},
    )
    assert sent.headers["location"] == "/diary?done=planned", sent.text
    async with client_of(asked.walked.app) as visitor:
        offered = (await visitor.get("/book")).text
        where = re.findall(r'href="(/book/[0-9a-f-]{36})"', offered)[0]

        booked = await sends(visitor, where, **PERSON, **EMAIL)
        done = (await visitor.get(booked.headers["location"])).text
        full = await sends(visitor, where, **PERSON, **EMAIL)

    assert "1 place" in offered
    assert "Your place is booked" in done
    assert "The last place has just gone" in full.text
    assert await names(asked, UUID(where.rpartition("/")[2])) == ["Ruth Bennett"]
    assert "<b>1</b> of 1" in (await asked.priya.get("/diary")).text


async def test_on_the_day_each_is_ticked_whoever_else_is_here_is_added_and_it_is_logged(asked: AskedTeam) -> None:
    meeting_id = await is_held(asked)
    where = f"/diary/{meeting_id}"
    await sends(asked.priya, f"{where}/walk-in", **PERSON)

    page = (await asked.priya.get(where)).text
    mark = MARK.findall(page)[0]
    marked = await asked.priya.post(mark, data={**hidden_in(page), "came": "no"})
    after = (await asked.priya.get(where)).text
    await asked.priya.post(mark, data={**hidden_in(after), "came": "yes"})
    logged = await sends(asked.priya, f"{where}/log")

    assert marked.headers["location"].startswith(f"{where}#p-")
    assert "<b>0</b> came" in after
    assert ">Saved " in after
    assert logged.headers["location"] == f"/consultations/{meeting_id}"
    assert "Its consultation" in (await asked.priya.get(where)).text


async def test_what_was_cancelled_cannot_be_booked(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)
    await sends(asked.priya, f"/diary/{meeting_id}/cancel", version="1")

    async with client_of(asked.walked.app) as visitor:
        answer = await visitor.get(f"/book/{meeting_id}")

    assert answer.status_code == 404
    assert "Cancelled" in (await asked.priya.get(f"/diary/{meeting_id}")).text
