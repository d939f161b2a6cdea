"""Somebody asks for a place."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from services.training.database.workforce_tables import person
from services.training.places.commands.book_place import BookPlace, book_place
from shared.kernel.actor import public_form
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.a_course import ALL_BOOKINGS, TeachingTeam, an_asker

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_thirty_at_once_for_fourteen_places_are_fourteen_and_a_line_without_gap(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()

    await asyncio.gather(*(teaching.book(cohort, number) for number in range(30)))

    assert await teaching.counts(cohort) == (14, 0, 16)
    rows = await teaching.rows(ALL_BOOKINGS)
    assert [row.line for row in rows] == list(range(1, 31))
    assert [row.state for row in rows] == ["booked"] * 14 + ["waiting"] * 16


async def test_full_at_book_keeps_the_form_and_says_which_number_it_would_be(teaching: TeachingTeam) -> None:
    cohort, _ = await teaching.full(waiting=2)

    with pytest.raises(RuleBroken, match="place_full") as refused:
        async with teaching.work(public_form()) as work:
            await book_place(BookPlace(new_id(), cohort.id, an_asker(50), may_wait=False), work)

    assert "number 3 on the waiting list" in refused.value.sentence
    assert await teaching.counts(cohort) == (14, 0, 2)


async def test_two_colleagues_at_one_mailbox_are_two_people_though_they_have_the_same_two_names(
    teaching: TeachingTeam,
) -> None:
    cohort = await teaching.plan()
    james = replace(an_asker(1), given_name="James", family_name="Thomas", email="info@nursery.example")

    for asker in (james, replace(james, given_name="Thomas", family_name="James")):
        async with teaching.work(public_form()) as work:
            await book_place(BookPlace(new_id(), cohort.id, asker, may_wait=False), work)

    people = await teaching.rows(select(person))
    assert {(row.given_name, row.is_shared_email) for row in people} == {("James", True), ("Thomas", True)}


async def test_who_books_again_without_that_keyboard_is_the_same_person(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    spelled = replace(an_asker(1), given_name="Zoë", family_name="Łuczak-O’Hara")

    for asker in (spelled, replace(spelled, given_name="ZOE", family_name="Luczak Ohara")):
        with suppress(RuleBroken):  # she has a place already
            async with teaching.work(public_form()) as work:
                await book_place(BookPlace(new_id(), cohort.id, asker, may_wait=False), work)

    assert [row.family_name for row in await teaching.rows(select(person))] == ["Łuczak-O’Hara"]
