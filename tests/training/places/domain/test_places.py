"""Who has a place, who waits and who is offered one."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from random import Random
from uuid import UUID

import pytest

from services.training.places.domain.places import Filling, Queue, accept, fill, join, leave, offer_until, resize
from shared.kernel.clock import LONDON
from shared.kernel.errors import RuleBroken

PEOPLE = [UUID(int=number) for number in range(1, 400)]


def full(capacity: int = 14, waiting: int = 0, offered: int = 0) -> Queue:
    queue = Queue(capacity, offered=tuple(PEOPLE[200 : 200 + offered]))
    for who in PEOPLE[: capacity - offered + waiting]:
        queue = join(queue, who)
    return queue


def test_two_hundred_at_once_are_fourteen_and_a_list_without_gap_or_double() -> None:
    queue = Queue(14)
    for who in PEOPLE[:200] * 2:
        queue = join(queue, who)

    assert list(queue.booked) == PEOPLE[:14]
    assert list(queue.waiting) == PEOPLE[14:200]


def test_nobody_jumps_the_list_when_a_place_becomes_free() -> None:
    queue = full(waiting=2)
    late = PEOPLE[100]

    queue = join(leave(queue, PEOPLE[0]), late)  # a millisecond later
    queue = fill(queue, Filling.AT_ONCE, may_offer=True)

    assert queue.booked[-1] == PEOPLE[14]
    assert list(queue.waiting) == [PEOPLE[15], late]
    assert queue.open_to_all == 0


@pytest.mark.parametrize(
    ("offered", "starts", "until"),
    [
        (
            datetime(2026, 3, 27, 16, tzinfo=UTC),
            datetime(2026, 6, 1, 9, tzinfo=UTC),
            datetime(2026, 3, 31, 16, tzinfo=UTC),
        ),
        (
            datetime(2026, 4, 2, 15, tzinfo=UTC),
            datetime(2026, 6, 1, 9, tzinfo=UTC),
            datetime(2026, 4, 8, 16, tzinfo=UTC),
        ),
        (datetime(2026, 3, 27, 16, tzinfo=UTC), datetime(2026, 4, 1, 8, 30, tzinfo=UTC), None),
        (
            datetime(2026, 3, 27, 16, tzinfo=UTC),
            datetime(2026, 4, 2, 8, 30, tzinfo=UTC),
            datetime(2026, 3, 31, 16, tzinfo=UTC),
        ),
    ],
)
def test_an_offer_lasts_two_working_days_if_there_is_time(
    offered: datetime, starts: datetime, until: datetime | None
) -> None:
    found = offer_until(offered, starts)

    assert found == until
    assert until is None or found.astimezone(LONDON).hour == 17  # pyright: ignore[reportOptionalMemberAccess]


def test_an_offer_that_is_taken_twice_is_one_place_and_a_late_one_is_taken_while_nobody_else_wants_it() -> None:
    queue = fill(leave(full(waiting=1), PEOPLE[0]), Filling.OFFER, may_offer=True)
    taken = accept(queue, PEOPLE[14])
    lapsed = leave(queue, PEOPLE[14])

    assert queue.offered == (PEOPLE[14],)
    assert accept(taken, PEOPLE[14]) == taken
    assert PEOPLE[14] in accept(lapsed, PEOPLE[14], is_late=True).booked
    with pytest.raises(RuleBroken) as refused:
        accept(join(lapsed, PEOPLE[50]), PEOPLE[14], is_late=True)
    assert "went to the next person" in refused.value.sentence


def test_more_places_go_to_those_who_wait_and_then_to_everybody() -> None:
    queue = replace(full(14, offered=1), waiting=(PEOPLE[20], PEOPLE[21]))

    more = fill(resize(queue, 17), Filling.OFFER, may_offer=True)

    assert more.offered[-2:] == (PEOPLE[20], PEOPLE[21])
    assert more.open_to_all == 1


def test_fewer_places_throw_nobody_out_and_so_many_leave_for_nobody() -> None:
    queue = resize(full(14, waiting=2), 12)
    assert queue.over == 2

    seen: list[int] = []
    for who in PEOPLE[:3]:
        queue = fill(leave(queue, who), Filling.AT_ONCE, may_offer=True)
        seen.append(len(queue.booked))

    assert seen == [13, 12, 12]
    assert PEOPLE[14] in queue.booked


@pytest.mark.parametrize("capacity", [0, -1, 501])
def test_a_capacity_is_a_number_of_people(capacity: int) -> None:
    with pytest.raises(RuleBroken):
        Queue(capacity)


@pytest.mark.parametrize("filling", list(Filling))
def test_whatever_happens_nobody_is_lost_or_doubled_and_no_place_is_given_twice(filling: Filling) -> None:
    random, queue, inside = Random(f"places {filling}"), Queue(5), set[UUID]()
    for _ in count():
        who = random.choice(PEOPLE[:30])
        match random.randrange(4):
            case 0 | 1:
                queue, inside = join(queue, who), inside | {who}
            case 2:
                queue, inside = leave(queue, who), inside - {who}
            case _:
                queue = accept(queue, who) if who in (*queue.offered, *queue.booked) else queue
        before = queue
        queue = fill(queue, filling, may_offer=True)
        everybody = [*queue.booked, *queue.offered, *queue.waiting]
        assert sorted(everybody) == sorted(inside)
        assert queue.free >= 0
        assert not (queue.free and queue.waiting)
        assert list(before.waiting)[-len(queue.waiting) or len(before.waiting) :] == list(queue.waiting)
        if random.random() < 0.001:
            return
