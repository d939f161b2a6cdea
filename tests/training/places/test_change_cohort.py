"""A cohort gets more places or fewer, or keeps some for an organisation."""

from datetime import UTC, date, datetime

from services.training.courses.domain.cohort import Reserved
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.domain.booking import BookingState
from services.training.places.timers.lapse_offers import lapse_offers
from tests.training.a_course import TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_more_places_serve_the_line_before_the_public(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=3)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))

    await teaching.resize(cohort, 17)

    assert await teaching.counts(cohort) == (13, 3, 0)
    await teaching.book(cohort, 60)
    assert await teaching.counts(cohort) == (14, 3, 0), "one place was left for everybody"


async def test_fewer_places_throw_nobody_out_and_the_next_two_who_leave_promote_nobody(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)

    await teaching.resize(cohort, 12)
    counts = [await teaching.counts(cohort)]
    for one in people[:3]:
        await teaching.does(give_up_place, GiveUpPlace(one.id))
        counts.append(await teaching.counts(cohort))

    assert counts == [(14, 0, 1), (13, 0, 1), (12, 0, 1), (11, 1, 0)]


async def test_places_are_kept_for_an_organisation_until_a_day(teaching: TeachingTeam) -> None:
    nursery = await teaching.organisation("Kincraig Nursery")
    kept = Reserved(4, nursery, date(2026, 4, 1))
    cohort, people = await teaching.full(capacity=14, reserved=kept)
    assert await teaching.counts(cohort) == (10, 0, 4)

    theirs = await teaching.book(cohort, 70, workplace="Kincraig Nursery")
    assert theirs.state is BookingState.BOOKED
    teaching.now = datetime(2026, 4, 1, 7, tzinfo=UTC)
    await lapse_offers(teaching.units)

    assert await teaching.counts(cohort) == (11, 3, 1)
    assert people[10].state is BookingState.WAITING
