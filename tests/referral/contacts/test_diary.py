"""The rules of a diary: what clashes, what is free, and when a family's next visit would be."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from services.referral.contacts.domain.diary import (
    Clash,
    DiaryEntry,
    check_clash,
    clashes_in,
    free_in,
    next_visit,
)
from services.referral.team.domain.opening_hours import OpeningHours
from shared.contracts.pathway_codes import ContactKind, ContactMode, Venue
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id

PRIYA, BETH, EXAMPLES, SPECIMENS = new_id(), new_id(), new_id(), new_id()
FRIDAY = date(2026, 11, 27)
HOURS = OpeningHours(time(9), time(17))


def visit(at: str, *, of: UUID = EXAMPLES, by: UUID = PRIYA, minutes: int | None = None, day: int = 27) -> DiaryEntry:
    starts_at = datetime.combine(date(2026, 11, day), time.fromisoformat(at), UTC)
    kind, mode, venue = ContactKind.SESSION, ContactMode.FACE_TO_FACE, Venue.HOME
    return DiaryEntry(new_id(), of, by, starts_at, kind, mode, venue, minutes=minutes)


def clashes(*entries: DiaryEntry) -> list[frozenset[Clash]]:
    found: Mapping[UUID, frozenset[Clash]] = clashes_in(entries)
    return [found.get(one.contact_id, frozenset()) for one in entries]


def test_two_visits_of_one_practitioner_at_once_clash() -> None:
    both = clashes(visit("10:00"), visit("10:59", of=SPECIMENS), visit("11:59", of=new_id()))

    assert both == [{Clash.TWO_AT_ONCE}, {Clash.TWO_AT_ONCE}, set()]


def test_a_visit_right_after_another_or_of_a_colleague_does_not() -> None:
    assert clashes(visit("10:00"), visit("11:00", of=SPECIMENS), visit("10:00", of=new_id(), by=BETH)) == [set()] * 3


def test_a_visit_whose_length_is_known_takes_that_long() -> None:
    assert clashes(visit("10:00", minutes=30), visit("10:30", of=SPECIMENS)) == [set(), set()]


def test_a_family_twice_on_a_day_is_said_whoever_sees_it() -> None:
    assert clashes(visit("10:00"), visit("15:00", by=BETH), visit("15:00", day=26)) == [
        {Clash.FAMILY_TWICE},
        {Clash.FAMILY_TWICE},
        set(),
    ]


def test_a_clash_is_said_with_its_times_before_anything_is_booked() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_clash(visit("10:15"), [visit("10:00", of=SPECIMENS), visit("15:00", by=BETH)])

    assert refused.value.sentence == (
        "The practitioner has another visit at 10am. The family has another visit that day, at 3pm. "
        "Change the time, or press “Book all the same”."
    )


def test_an_appointment_that_is_moved_does_not_clash_with_itself() -> None:
    wanted = visit("10:15")

    check_clash(wanted, [wanted])


def free(*entries: DiaryEntry, day: date = FRIDAY) -> list[str]:
    return [f"{since:%H:%M}–{until:%H:%M}" for since, until in free_in(entries, day, HOURS)]


def test_what_is_free_lies_between_the_visits_and_the_opening_hours() -> None:
    assert free() == ["09:00–17:00"]
    assert free(visit("13:20"), visit("10:00"), visit("10:30", of=SPECIMENS)) == [
        "09:00–10:00",
        "11:30–13:20",
        "14:20–17:00",
    ]


def test_less_than_half_an_hour_is_no_time_for_a_visit_and_a_day_off_has_none() -> None:
    assert free(visit("09:15"), visit("10:40", of=SPECIMENS), visit("16:30", of=new_id())) == ["11:40–16:30"]
    assert free(day=FRIDAY + timedelta(days=1)) == []


def test_a_visit_in_the_evening_leaves_the_day_free() -> None:
    assert free(visit("18:00")) == ["09:00–17:00"]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (["2026-11-26T10:00", "2026-11-19T10:00"], (date(2026, 12, 3), time(10))),
        (["2026-11-26T10:00", "2026-11-12T14:30"], (date(2026, 12, 10), time(10))),
        (["2026-11-26T10:00"], (date(2026, 12, 3), time(10))),
        (["2026-10-13T09:00", "2026-09-29T08:00"], (date(2026, 12, 8), time(10))),
        (["2026-11-26T10:00", "2026-08-01T10:00"], (date(2026, 12, 3), time(10))),
        ([], None),
    ],
    ids=["weekly", "every two weeks", "once", "long ago, at the same time of the clock", "after a break", "never"],
)
def test_the_next_visit_is_at_the_usual_day_and_time(starts: list[str], expected: tuple[date, time] | None) -> None:
    assert next_visit([datetime.fromisoformat(f"{one}+00:00") for one in starts], FRIDAY) == expected
