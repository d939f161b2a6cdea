"""Somebody books on a public page, from a phone, and has one page that says how it stands."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from services.training.contents import SERVICE
from services.training.courses.domain.cohort import Cohort
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.domain.booking import BookingState
from services.training.places.timers.forget_needs import forget_needs
from services.training.places.timers.lapse_offers import lapse_offers
from shared.testing.page_walk import pages_of
from shared.testing.statements import statements_of
from shared.testing.visitor import Browser, client_of, hidden_in
from tests.training.a_course import ALL_BOOKINGS, TeachingTeam

MOST_STATEMENTS = 14
"""Of one booking by somebody who waits: two hundred at once are two seconds' work only so."""
ANSWERS = {
    "given_name": "Kath",
    "family_name": "O’Brien",
    "email": "k.obrien@bispham.example",
    "phone": "07700 900 331",
    "workplace": "Bispham health visitors",
    "profession": "health_visitor",
    "may_wait": "yes",
}


@pytest.fixture
async def visitor(teaching: TeachingTeam) -> AsyncIterator[httpx.AsyncClient]:
    app = pages_of(SERVICE, teaching.engine, lambda: teaching.now)
    async with client_of(app, Browser) as client:
        yield client


async def sends(visitor: httpx.AsyncClient, page: str, **answers: str) -> httpx.Response:
    return await visitor.post(page, data={**hidden_in((await visitor.get(page)).text), **answers})


def form_of(cohort: Cohort) -> str:
    return f"/book/{cohort.course.value}/{cohort.id}"


async def presses(visitor: httpx.AsyncClient, page: str, action: str) -> httpx.Response:
    """A button of a page that has several."""
    shown = (await visitor.get(page)).text
    form = shown[shown.index(f'action="{action}"') :]
    return await visitor.post(action, data=hidden_in(form[: form.index("</form>")]))


async def test_from_the_list_to_the_booking_are_four_pages(teaching: TeachingTeam, visitor: httpx.AsyncClient) -> None:
    cohort = await teaching.plan()

    courses = (await visitor.get("/book")).text
    dates = (await visitor.get(f"/book/{cohort.course.value}")).text
    booked = await sends(visitor, form_of(cohort), **ANSWERS)
    place = (await visitor.get(booked.headers["location"])).text

    assert f'href="/book/{cohort.course.value}"' in courses
    assert "14 places left" in dates
    assert "You’re booked, Kath" in place
    assert "Add it to my calendar" in place


async def test_pressed_twice_it_is_one_booking_and_one_answer(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort = await teaching.plan()
    form = {**hidden_in((await visitor.get(form_of(cohort))).text), **ANSWERS}

    answers = [await visitor.post(form_of(cohort), data=form) for _ in range(2)]

    assert len({one.headers["location"] for one in answers}) == 1
    assert await teaching.counts(cohort) == (1, 0, 0)


async def test_it_is_sent_to_the_database_in_few_statements_however_many_wait(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort, _ = await teaching.full(waiting=3)
    form = {**hidden_in((await visitor.get(form_of(cohort))).text), **ANSWERS}

    with statements_of(teaching.engine) as sent:
        await visitor.post(form_of(cohort), data=form)

    assert len(sent) <= MOST_STATEMENTS
    assert await teaching.counts(cohort) == (14, 0, 4)


async def test_nobody_waits_for_the_form_of_somebody_with_a_bad_line(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort, _ = await teaching.full(waiting=3)
    has_begun, comes = asyncio.Event(), asyncio.Event()

    async def trickles() -> AsyncIterator[bytes]:
        yield b"given_name="
        has_begun.set()
        await comes.wait()

    head = {"content-type": "application/x-www-form-urlencoded"}
    slow = asyncio.create_task(visitor.post(form_of(cohort), content=trickles(), headers=head))
    await has_begun.wait()

    async with asyncio.timeout(10):
        booked = await sends(visitor, form_of(cohort), **ANSWERS)
    comes.set()
    await slow

    assert booked.headers["location"].startswith("/place/")


async def test_full_at_book_keeps_the_form_and_tells_the_number(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort, _ = await teaching.full(capacity=2)

    shown = (await sends(visitor, form_of(cohort), **{**ANSWERS, "may_wait": ""})).text

    assert "number 1 on the waiting list" in shown
    assert 'value="k.obrien@bispham.example"' in shown
    assert await teaching.counts(cohort) == (2, 0, 0)


async def test_opening_any_link_changes_nothing(teaching: TeachingTeam, visitor: httpx.AsyncClient) -> None:
    cohort, people = await teaching.full(capacity=2, waiting=1)
    async with teaching.work() as work:
        await give_up_place(GiveUpPlace(people[0].id), work)
    before = await teaching.rows(ALL_BOOKINGS)

    for one in people:
        for end in ("", "/accept", "/decline", "/cancel", "/move", "/needs", "/day-1.ics"):
            await visitor.get(f"/place/{one.secret}{end}")

    assert await teaching.rows(ALL_BOOKINGS) == before
    assert await teaching.counts(cohort) == (1, 1, 0)


async def test_a_button_says_yes_and_twice_is_once(teaching: TeachingTeam, visitor: httpx.AsyncClient) -> None:
    cohort, people = await teaching.full(capacity=2, waiting=1)
    async with teaching.work() as work:
        await give_up_place(GiveUpPlace(people[0].id), work)
    page = f"/place/{people[2].secret}"
    offered = (await visitor.get(page)).text

    answer = await presses(visitor, page, f"{page}/accept")

    assert "A place is free for you, Ada3" in offered
    assert answer.headers["location"] == page
    assert "You’re booked, Ada3" in (await visitor.get(page)).text
    assert await teaching.counts(cohort) == (2, 0, 0)


async def test_who_answers_too_late_is_told_so_and_can_still_say_yes_while_nobody_waits(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    _, people = await teaching.full(capacity=2, waiting=2)
    async with teaching.work() as work:
        await give_up_place(GiveUpPlace(people[0].id), work)
    teaching.now += timedelta(7)
    await lapse_offers(teaching.units)
    page = f"/place/{people[2].secret}"

    refused = await presses(visitor, page, f"{page}/accept")

    assert "We did not hear from you" in (await visitor.get(page)).text
    assert "The place went to the next person" in refused.text


async def test_the_calendar_file_of_a_day_can_be_added_by_hand(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort = await teaching.plan()
    booked = await teaching.book(cohort, 1)

    file = await visitor.get(f"/place/{booked.secret}/day-1.ics")

    assert file.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;TZID=Europe/London:20260601T093000" in file.text
    assert "ATTENDEE" not in file.text


async def test_needs_are_kept_for_the_day_and_forgotten_after_it(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort = await teaching.plan()
    booked = await teaching.book(cohort, 1, phone="07700900331")

    await sends(visitor, f"/place/{booked.secret}/needs", needs="Step-free room")
    during = await teaching.state(booked)
    teaching.now = cohort.days[-1].ends_at + timedelta(days=1)
    assert await forget_needs(teaching.units) == 1
    after = await teaching.state(booked)

    assert (during.needs, during.phone) == ("Step-free room", "07700900331")
    assert (after.needs, after.phone) == ("", "")
    assert await forget_needs(teaching.units) == 0


async def test_they_move_by_themselves_and_give_up_by_themselves(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    may = await teaching.plan()
    june = await teaching.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
    booked = await teaching.book(may, 1)

    moved = await sends(visitor, f"/place/{booked.secret}/move", cohort=str(june.id))
    page = moved.headers["location"]
    await sends(visitor, f"{page}/cancel")

    assert (await teaching.state(booked)).state is BookingState.ENDED
    assert (await teaching.counts(may), await teaching.counts(june)) == ((0, 0, 0), (0, 0, 0))
    assert "Cancelled" in (await visitor.get(page)).text


async def test_a_shared_address_is_two_people_and_a_second_booking_of_one_is_told(
    teaching: TeachingTeam, visitor: httpx.AsyncClient
) -> None:
    cohort = await teaching.plan()
    office = {**ANSWERS, "email": "office@nursery.example"}

    await sends(visitor, form_of(cohort), **office)
    await sends(visitor, form_of(cohort), **{**office, "given_name": "Ben"})
    again = (await sends(visitor, form_of(cohort), **office)).text

    assert await teaching.counts(cohort) == (2, 0, 0)
    assert "is booked here already" in again


async def test_an_unknown_address_tells_nothing(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/place/guessed")

    assert answer.status_code == 404
    assert re.search(r"There is no such booking", answer.text)
