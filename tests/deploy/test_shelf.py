"""What is needed from a team's backups for a moment of the past, and what is said when it is not there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.backup.figures import Figures
from deploy.backup.shelf import Base, Missing, Shelf, Wal, needed, stamp

BASE = Base("20261127T120000Z", "000000010000000000000FFE", 1024 * 1024, "abcdef01", "local")
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def wal(name: str, minutes: int) -> Wal:
    return Wal(name, stamp(NOON + timedelta(minutes=minutes)))


EARLIER = wal("000000010000000000000FFD", -1)
FIRST, SECOND = wal("000000010000000000000FFE", 1), wal("000000010000000000000FFF", 2)
THIRD, FOURTH = wal("000000010000000100000000", 3), wal("000000010000000100000001", 4)
ALL = [EARLIER, FIRST, SECOND, THIRD, FOURTH]


def test_what_was_written_since_the_copy_is_read_also_when_postgresql_begins_another_log() -> None:
    assert needed(BASE, ALL, None) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_file_that_is_missing_is_named_with_the_last_moment_before_it() -> None:
    with pytest.raises(Missing) as refusal:
        needed(BASE, [FIRST, SECOND, FOURTH], None)

    assert "000000010000000100000000 is missing" in refusal.value.sentence
    assert "Choose 2026-11-27T12:02:00+00:00 or earlier" in refusal.value.sentence


def test_a_moment_before_what_is_missing_can_be_had() -> None:
    assert needed(BASE, [FIRST, SECOND, FOURTH], NOON + timedelta(minutes=1, seconds=30))


def test_the_first_file_after_the_copy_must_be_there_too() -> None:
    with pytest.raises(Missing) as refusal:
        needed(BASE, [SECOND, THIRD], None)

    assert "000000010000000000000FFE is missing" in refusal.value.sentence


def test_what_a_restored_team_wrote_comes_after_what_it_had_and_histories_come_with_it() -> None:
    history, after = wal("00000002.history", 5), wal("000000020000000100000001", 6)

    assert needed(BASE, [*ALL, history, after], None) == [FIRST, SECOND, THIRD, FOURTH, history, after]


def test_the_newest_copy_before_a_moment_is_taken_and_one_half_made_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for day in (20, 27):
        folder = shelf.base / f"202611{day}T120000Z"
        folder.mkdir(parents=True)
        shelf.put_about(folder, Base(folder.name, "0" * 24, 1024, "abcdef01", "local"))
    (shelf.base / "20261128T120000Z").mkdir()

    assert shelf.base_for(None).at == "20261127T120000Z"
    assert shelf.base_for(NOON - timedelta(days=1)).at == "20261120T120000Z"
    with pytest.raises(Missing) as refusal:
        shelf.base_for(NOON - timedelta(days=30))
    assert "the earliest is 2026-11-20T12:00:00" in refusal.value.sentence


def test_of_a_file_that_was_shipped_twice_the_last_counts(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.wal.mkdir()
    again = Wal(FIRST.name, SECOND.shipped)
    for one in (FIRST, again):
        (shelf.wal / one.file).touch()
    (shelf.wal / f".{THIRD.file}").touch()

    assert shelf.shipped() == [again]


WELL = Figures(0, False, 30, 0, 0, 0, 3600, 3600, "")
EIGHT_DAYS = 8 * 24 * 3600


@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        ({}, None),
        ({"archive_is_failing": True}, "cannot write into the spool"),
        ({"spool_files": 7, "spool_oldest_seconds": 301}, "7 files wait for the shelf"),
        ({"trouble": "OSError"}, "cannot be written to: OSError"),
        ({"base_seconds": None}, "No copy"),
        ({"base_seconds": EIGHT_DAYS + 1}, "No copy"),
        ({"rehearsed_seconds": EIGHT_DAYS + 1}, "No restore was rehearsed"),
    ],
)
def test_each_thing_that_can_go_wrong_with_a_backup_is_an_alarm(change: dict[str, Any], alarm: str | None) -> None:
    alarms = replace(WELL, **change).alarms()

    assert [alarm in one for one in alarms if alarm] == [True] * len(alarms) == ([True] if alarm else [])
