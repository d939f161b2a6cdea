"""A supervision session: planned, held or cancelled; who was there, and for how long. What was said is in its notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from services.consultation.supervision.domain.supervision_given import (
    GroupRule,
    day_of_session,
    minutes_for_each,
    minutes_given,
)
from services.consultation.supervision.domain.supervision_rules import SupervisionRules
from shared.contracts.supervision import SupervisionGiven, SupervisionKind
from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken

FURTHEST = timedelta(days=366)
"""Ahead, of a session that is planned."""
EARLIEST = date(2000, 1, 1)


class SessionState(Code):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class CancelledBy(Code):
    SUPERVISOR = "supervisor", "The supervisor"
    SUPERVISEE = "supervisee", "The supervisee"
    OTHER = "other", "Someone else, or something else"


@dataclass(frozen=True)
class SupervisionMeeting:
    """When, how long and who."""

    kind: SupervisionKind
    starts_at: datetime
    """UTC."""
    minutes: int
    supervisor_id: UUID | None
    """None among peers, and where it is somebody outside the team."""
    supervisees: tuple[UUID, ...]

    def check(self, now: datetime) -> None:
        """Raises RuleBroken for the first thing that is wrong."""
        minutes_for_each(self.minutes, len(self.supervisees), GroupRule.WHOLE)
        if self.starts_at > now + FURTHEST or self.on < EARLIEST:
            raise RuleBroken("supervision_day", "Enter a day within the next year, or one that was.", field="held_on")
        if self.supervisor_id in self.supervisees:
            raise RuleBroken(
                "supervision_own", "Choose another supervisor: nobody supervises themselves.", field="supervisor"
            )
        self._check_kind()

    def _check_kind(self) -> None:
        is_alone = len(self.supervisees) == 1
        if self.kind is SupervisionKind.ONE_TO_ONE and not is_alone:
            raise RuleBroken("supervision_alone", "One to one is with one person. Choose Group.", field="supervisees")
        if self.kind is not SupervisionKind.ONE_TO_ONE and is_alone:
            raise RuleBroken("supervision_group", "Choose everyone who was supervised.", field="supervisees")
        if self.kind is SupervisionKind.PEER and self.supervisor_id is not None:
            raise RuleBroken("supervision_peer", "Peers have no supervisor: leave it empty.", field="supervisor")

    @property
    def on(self) -> date:
        """The day in London on which it begins."""
        return day_of_session(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        """UTC, so that it is as long as it was where the clocks change in it."""
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def those_there(self) -> frozenset[UUID]:
        supervisor = () if self.supervisor_id is None else (self.supervisor_id,)
        return frozenset((*self.supervisees, *supervisor))


@dataclass
class SupervisionSession:
    id: UUID
    meeting: SupervisionMeeting
    state: SessionState
    left_early: Mapping[UUID, int] = field(default_factory=dict[UUID, int])
    """Minutes of those who did not stay to the end."""
    cancelled_by: CancelledBy | None = None
    version: int = 1

    @classmethod
    def of(cls, session_id: UUID, meeting: SupervisionMeeting, now: datetime) -> "SupervisionSession":
        """What is still to come is planned, and what has begun was held. Raises RuleBroken when something is wrong."""
        meeting.check(now)
        return cls(session_id, meeting, _state_of(meeting, now))

    @property
    def own(self) -> dict[UUID, int]:
        """Minutes by supervisee."""
        return {who: self.left_early.get(who, self.meeting.minutes) for who in self.meeting.supervisees}

    @property
    def told(self) -> tuple[UUID, ...]:
        """Of whom others have heard that they had it."""
        return self.meeting.supervisees if self.state is SessionState.HELD else ()

    def counted(self, rules: SupervisionRules) -> dict[UUID, Fraction]:
        """Minutes by supervisee as they count if it is held, by the rule of its day."""
        return minutes_given(self.own, rules.on(self.meeting.on).group_rule)

    def change(self, meeting: SupervisionMeeting, now: datetime, *, seen: int) -> None:
        """It was, or will be, at another time, longer, or with others; also one that was cancelled after all.

        Raises:
            Conflict: it was changed since it was seen.
            RuleBroken: as of `SupervisionMeeting.check`.
        """
        self._check_seen(seen)
        meeting.check(now)
        stayed = {who: min(own, meeting.minutes) for who, own in self.left_early.items() if who in meeting.supervisees}
        self.meeting, self.state, self.left_early = meeting, _state_of(meeting, now), stayed
        self.cancelled_by = None
        self.version += 1

    def cancel(self, by: CancelledBy, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken when it is cancelled already."""
        self._check_seen(seen)
        if self.state is SessionState.CANCELLED:
            raise RuleBroken("supervision_cancelled", "This session is cancelled already.")
        self.state, self.cancelled_by = SessionState.CANCELLED, by
        self.version += 1

    def note_early_leaving(self, who: UUID, minutes: int, *, seen: int) -> None:
        """Raises Conflict when it was changed since, and RuleBroken when it was not held, or not with them."""
        self._check_seen(seen)
        if self.state is not SessionState.HELD or who not in self.meeting.supervisees:
            raise RuleBroken("supervision_not_there", "Only of someone who was there in a session that was held.")
        if not 0 < minutes <= self.meeting.minutes:
            raise RuleBroken(
                "supervision_own_minutes", f"Enter between 1 and {self.meeting.minutes} minutes.", field="minutes"
            )
        self.left_early = {**self.left_early, who: minutes}
        self.version += 1

    def said(self, rules: SupervisionRules, told: Iterable[UUID] = ()) -> list[SupervisionGiven]:
        """What others hear.

        Args:
            told: as it was before a change: who was there then, and is no longer, had nothing.
        """
        is_held = self.state is SessionState.HELD
        given = {**dict.fromkeys(told, Fraction(0)), **(self.counted(rules) if is_held else {})}
        meeting = self.meeting
        return [
            SupervisionGiven(
                session_id=self.id, colleague_id=who, kind=meeting.kind, held_on=meeting.on, minutes=round(minutes)
            )
            for who, minutes in given.items()
        ]

    def written(self) -> dict[str, object]:
        """As JSON, for what a correction replaced."""
        meeting = self.meeting
        return {
            "kind": meeting.kind.value,
            "state": self.state.value,
            "starts_at": meeting.starts_at.isoformat(),
            "minutes": meeting.minutes,
            "supervisor_id": str(meeting.supervisor_id) if meeting.supervisor_id else None,
            "own": {str(who): minutes for who, minutes in self.own.items()},
        }

    def _check_seen(self, seen: int) -> None:
        if seen != self.version:
            raise Conflict("supervision_changed", "Someone has changed this session. Look at it again.")


def _state_of(meeting: SupervisionMeeting, now: datetime) -> SessionState:
    return SessionState.PLANNED if meeting.starts_at > now else SessionState.HELD
