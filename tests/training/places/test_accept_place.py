"""Somebody says yes to a place that is held, in time or late."""

from datetime import UTC, datetime, timedelta

import pytest

from services.training.places.commands.accept_place import AcceptPlace, accept_place
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.timers.lapse_offers import lapse_offers
from shared.kernel.errors import RuleBroken
from tests.training.a_course import ALL_BOOKINGS, TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_a_late_yes_is_taken_while_nobody_else_waits(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)
    await lapse_offers(teaching.units)

    await teaching.does(accept_place, AcceptPlace(people[14].id))
    await teaching.does(accept_place, AcceptPlace(people[14].id))

    assert await teaching.counts(cohort) == (14, 0, 0)


async def test_a_late_yes_is_refused_when_the_place_went_on_also_before_the_timer_came(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=2)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)

    with pytest.raises(RuleBroken, match="offer_gone"):
        await teaching.does(accept_place, AcceptPlace(people[14].id))
    await lapse_offers(teaching.units)
    with pytest.raises(RuleBroken, match="offer_gone"):
        await teaching.does(accept_place, AcceptPlace(people[14].id))

    assert await teaching.counts(cohort) == (13, 1, 0)


async def test_who_waits_for_several_dates_gives_up_the_others_when_one_comes(teaching: TeachingTeam) -> None:
    may = await teaching.plan(capacity=1)
    june = await teaching.plan(capacity=1, starts=datetime(2026, 6, 15, tzinfo=UTC))
    await teaching.book(may, 1)
    in_june = await teaching.book(june, 2)
    await teaching.book(may, 3, also=[june])
    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 1), (1, 0, 1))

    await teaching.does(give_up_place, GiveUpPlace(in_june.id))
    [offered] = [row for row in await teaching.rows(ALL_BOOKINGS) if row.state == "offered"]
    await teaching.does(accept_place, AcceptPlace(offered.id))

    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 0), (1, 0, 0))
