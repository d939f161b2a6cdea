"""Somebody gives up a place, and it goes to the next."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.domain.booking import BookingState
from services.training.places.timers.lapse_offers import lapse_offers
from shared.contracts.training import PlaceEnded
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_the_next_of_the_line_is_offered_a_place_and_who_comes_later_stands_behind(
    teaching: TeachingTeam,
) -> None:
    cohort, people = await teaching.full(waiting=2)

    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
    late = await teaching.book(cohort, 99)

    states = [(await teaching.state(one)).state for one in (*people[14:], late)]
    assert states == [BookingState.OFFERED, BookingState.WAITING, BookingState.WAITING]
    assert await teaching.emails(people[14]) == ["waiting", "offer"]
    assert await teaching.emails(people[0]) == ["place", "given_up"]
    assert [one.type for one in await teaching.told()].count(PlaceEnded.type) == 1


async def test_no_and_a_lapse_at_the_same_instant_promote_one(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=3)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)

    await asyncio.gather(teaching.does(give_up_place, GiveUpPlace(people[14].id)), lapse_offers(teaching.units))

    assert await teaching.counts(cohort) == (13, 1, 1)


async def test_too_late_for_an_offer_the_place_stays_free_for_the_trainer_to_fill(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)
    teaching.now = datetime(2026, 5, 29, 8, tzinfo=UTC)

    await teaching.does(give_up_place, GiveUpPlace(people[0].id))

    assert await teaching.counts(cohort) == (13, 0, 1)
    assert (await teaching.state(people[0])).how is PlaceEnd.CANCELLED
    late = await teaching.book(cohort, 80)
    assert late.state is BookingState.WAITING, "nobody jumps the list"


async def test_a_minute_before_the_start_is_late_and_after_it_the_register_says_who_came(
    teaching: TeachingTeam,
) -> None:
    cohort, people = await teaching.full()

    teaching.now = cohort.starts_at - timedelta(minutes=1)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
    teaching.now = cohort.starts_at
    with pytest.raises(Conflict, match="cohort_begun"):
        await teaching.does(give_up_place, GiveUpPlace(people[1].id))

    assert (await teaching.state(people[0])).how is PlaceEnd.CANCELLED_LATE
