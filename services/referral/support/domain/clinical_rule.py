"""Rules that every entry about the clinical work keeps: who may write it, on which day, and in words."""

from datetime import date

from services.referral.people.domain.record_right import DECIDES
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken


def check_may_write(roles: frozenset[Role]) -> None:
    """Raises NotAllowed for somebody who does not work with families."""
    if not DECIDES & roles:
        raise NotAllowed("clinical_role", "A practitioner or the team lead records this. Ask one of them.")


def check_may_lead(roles: frozenset[Role]) -> None:
    """Raises NotAllowed for everybody but the team lead."""
    if Role.TEAM_LEAD not in roles:
        raise NotAllowed("clinical_lead", "The team lead decides on this. Ask the team lead to record it.")


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
    """Raises Conflict when somebody changed it after the page was opened."""
    if version != seen:
        raise Conflict(
            "changed_since",
            "Somebody changed this while you had the page open. Nothing that you entered was stored: compare with what "
            "is stored now, and decide again.",
        )
