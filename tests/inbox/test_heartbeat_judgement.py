"""What two heartbeats in a row say of a stream."""

import pytest

from shared.contracts.streams import EntryId
from shared.inbox.heartbeats import Finding, Seen, judge
from shared.streams.heartbeat import Heartbeat


def seen(beat: str, head: int, checkpoint: int, *, epoch: int = 1, waits: bool = True) -> Seen:
    return Seen(Heartbeat(beat, EntryId(epoch, head)), EntryId(1, checkpoint), waits)


def test_the_first_heartbeat_says_nothing() -> None:
    assert judge(None, seen("a", 100, 50)) is Finding.WELL


def test_a_reader_that_is_behind_and_moving_is_well() -> None:
    assert judge(seen("a", 100, 50), seen("b", 120, 60)) is Finding.WELL


def test_a_reader_that_is_behind_and_waited_for_a_whole_beat_has_lost_the_tail() -> None:
    assert judge(seen("a", 100, 50), seen("b", 100, 50)) is Finding.TAIL_LOST


@pytest.mark.parametrize(("before", "now"), [(False, False), (False, True), (True, False)])
def test_a_reader_that_had_entries_in_its_hands_at_either_beat_is_slow_and_has_lost_nothing(
    before: bool, now: bool
) -> None:
    assert judge(seen("a", 100, 50, waits=before), seen("b", 120, 50, waits=now)) is Finding.WELL


def test_a_history_that_went_back_is_found_also_of_a_slow_reader() -> None:
    assert judge(seen("a", 100, 100, waits=False), seen("b", 60, 100, waits=False)) is Finding.DIVERGED


def test_the_same_beat_twice_says_nothing_new() -> None:
    assert judge(seen("a", 100, 50), seen("a", 100, 50)) is Finding.WELL


def test_entries_that_the_last_beat_names_first_may_still_be_on_their_way() -> None:
    assert judge(seen("a", 50, 50), seen("b", 100, 50)) is Finding.WELL


def test_a_head_behind_what_was_read_is_another_history() -> None:
    assert judge(seen("a", 100, 100), seen("b", 60, 100)) is Finding.DIVERGED


def test_a_beat_from_before_the_reader_moved_is_no_alarm() -> None:
    assert judge(seen("a", 90, 90), seen("b", 99, 100)) is Finding.WELL


def test_a_replay_that_has_not_arrived_counts_as_a_lost_tail() -> None:
    assert judge(seen("a", 100, 100, epoch=2), seen("b", 100, 100, epoch=2)) is Finding.TAIL_LOST


def test_a_silent_team_with_everything_read_is_well() -> None:
    assert judge(seen("a", 100, 100), seen("b", 100, 100)) is Finding.WELL
