"""How much of a course somebody attended."""

from datetime import UTC, date, datetime
from uuid import UUID

from services.training.certificates.domain.attendance import (
    Attended,
    CourseDay,
    Progress,
    completed_by,
    how_it_ended,
    share_of,
)
from shared.contracts.training_codes import PlaceEnd

MAY, JUNE = UUID(int=5), UUID(int=6)
ONE, TWO = CourseDay(1, 360), CourseDay(2, 180)
BOTH = [ONE, TWO]


def test_four_fifths_exactly_is_enough_and_a_minute_less_is_not_shown_as_it() -> None:
    enough = share_of(BOTH, [Attended(MAY, ONE, date(2026, 5, 12)), Attended(MAY, TWO, date(2026, 5, 13), 108)])
    short = share_of(BOTH, [Attended(MAY, ONE, date(2026, 5, 12)), Attended(MAY, TWO, date(2026, 5, 13), 109)])

    assert (enough.attended, enough.percent, enough.progress) == (432, 80, Progress.COMPLETE)
    assert (short.attended, short.percent, short.progress) == (431, 79, Progress.PARTIAL)


def test_after_the_first_day_it_is_a_share_so_far() -> None:
    assert share_of(BOTH, [Attended(MAY, ONE, date(2026, 5, 12))]).percent == 66
    assert share_of(BOTH, []).progress is Progress.NONE


def test_a_day_that_was_ended_early_is_shorter_for_everyone() -> None:
    shorter = CourseDay(2, 150)
    share = share_of([ONE, shorter], [Attended(MAY, ONE, date(2026, 5, 12)), Attended(MAY, shorter, date(2026, 5, 13))])

    assert (share.attended, share.length, share.percent) == (510, 510, 100)


def test_a_day_can_be_caught_up_in_another_cohort_which_then_delivers_it() -> None:
    came = [Attended(MAY, ONE, date(2026, 5, 12)), Attended(JUNE, TWO, date(2026, 6, 9), 30)]

    share, last = share_of(BOTH, came), completed_by(BOTH, came)

    assert (share.attended, share.length, share.percent) == (510, 540, 94)
    assert last is not None
    assert (last.cohort_id, last.on) == (JUNE, date(2026, 6, 9))


def test_the_same_day_twice_counts_once_by_the_time_that_was_more() -> None:
    twice = [Attended(MAY, ONE, date(2026, 5, 12), 60), Attended(JUNE, ONE, date(2026, 6, 8))]

    assert share_of(BOTH, twice).attended == 360
    assert completed_by(BOTH, twice) is None


def test_a_place_that_was_not_used_was_cancelled_cancelled_late_or_not_attended() -> None:
    starts, late_from = datetime(2026, 5, 12, 8, 30, tzinfo=UTC), datetime(2026, 5, 10, 8, 30, tzinfo=UTC)

    assert how_it_ended(starts, datetime(2026, 5, 1, tzinfo=UTC), late_from) is PlaceEnd.CANCELLED
    assert how_it_ended(starts, datetime(2026, 5, 12, 8, 29, tzinfo=UTC), late_from) is PlaceEnd.CANCELLED_LATE
    assert how_it_ended(starts, starts, late_from) is PlaceEnd.DID_NOT_ATTEND
    assert how_it_ended(starts, None, late_from) is PlaceEnd.DID_NOT_ATTEND
