"""A promise that nobody has kept yet, and the line about it on every page of the team. The line names nobody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.promise import PromiseHandedOn, PromiseKept
from shared.kernel.calendar import moment_words
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import Conflict, RuleBroken


@dataclass
class OpenPromise:
    id: UUID
    kind: PromiseKind
    about: UUID
    """The referral, or the number that someone left."""
    due_at: datetime
    """UTC, as the next."""
    version: int
    answered_at: datetime | None = None

    def keep(self, at: datetime) -> PromiseKept:
        """It was done. Raises Conflict when it was done before."""
        if self.answered_at is not None:
            raise Conflict("promise_kept", "Someone answered this already. Nothing that you entered was saved.")
        self.answered_at = at
        return PromiseKept(promise_id=self.id, about_id=self.about, kind=self.kind, is_late=at > self.due_at)

    def hand_on(self) -> PromiseHandedOn:
        return PromiseHandedOn(promise_id=self.id, about_id=self.about, kind=self.kind)


def check_promise_answer(spoken_with: str, answer: str) -> None:
    """Raises RuleBroken when it does not say to whom someone spoke, and what was done."""
    if not spoken_with.strip():
        raise RuleBroken("promise_spoken", "Write whom you spoke with, or tried to reach.", field="spoken_with")
    if not answer.strip():
        raise RuleBroken("promise_answer", "Write what you did.", field="answer")


def promise_words(kind: PromiseKind, count: int, due_at: datetime, now: datetime) -> str:
    """One line about all promises of a kind; `due_at` is the first of them."""
    people = "1 person" if count == 1 else f"{count} people"
    letters = "1 referral" if count == 1 else f"{count} referrals"
    whom = {
        PromiseKind.DANGER_SAID: f"{people} said that someone is in danger: answer",
        PromiseKind.READ_BY: f"{letters} to read",
        PromiseKind.HEARD_BY: f"{people} to hear from us",
    }
    local = due_at.astimezone(LONDON)
    is_today = local.date() == london_date(now)
    when = f"{local:%H:%M}" if is_today else moment_words(due_at)
    return f"{whom[kind]} {'now, it was due' if due_at < now else 'by'} {when}"
