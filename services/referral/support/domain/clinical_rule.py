"""Rules that every entry about the clinical work keeps: on which day, in words, and about which version."""

from datetime import date

from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, RuleBroken


def check_day(day: date, not_before: date, today: date, field: str) -> None:
    """Raises RuleBroken for a day that is to come, or before the work with the family began."""
    if day > today:
        raise RuleBroken("day_future", "The date must be today or in the past.", field=field)
    if day < not_before:
        raise RuleBroken(
            "day_before", f"The date cannot be before {date_words(not_before)}, when this work began.", field=field
        )


def check_words(words: str, sentence: str, field: str) -> None:
    """Raises RuleBroken with the sentence when nothing was written."""
    if not words.strip():
        raise RuleBroken(f"{field}_missing", sentence, field=field)


def check_seen(version: int, seen: int) -> None:
    """Raises Conflict when someone changed it after the page was opened."""
    if version != seen:
        raise Conflict(
            "changed_since",
            "Someone changed this while you had the page open. Nothing that you entered was saved: compare with what "
            "is there now, and decide again.",
        )
