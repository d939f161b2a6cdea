"""Which referrals wait for a decision, and for how long?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, DateTime, Select, and_, bindparam, func, or_, select

from services.referral.database.intake_tables import promise
from services.referral.database.tables import referral
from services.referral.intake.database.known_sign import seems_known
from services.referral.intake.domain.triage import TriageWait, triage_wait
from services.referral.people.domain.age import age_in_words
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.staff.database.record_access import reader_sees
from services.referral.staff.domain.restricted_record import RESTRICTED
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import Code, ReferralReason, SourceGroup, Urgency
from shared.database.built_once import TODAY, built_once, known
from shared.kernel.calendar import london_start
from shared.kernel.clock import london_date
from shared.staff.listing import Found, Listing, cut_to
from shared.staff.page_of import Cut
from shared.unit_of_work import UnitOfWork


class QueueState(Code):
    """How far a referral in the queue is."""

    NEW = "new", "New"
    ASKED = "asked", "Waiting for an answer"
    CHASE_DUE = "chase_due", "Time to ask again"


class QueuePart(Code):
    """Which referrals of the queue are shown."""

    DANGER = "danger", "Danger"
    OVER = "over", "Over target"
    URGENT = "urgent", "Urgent"
    ASKED = "asked", "Waiting for an answer"
    CHASE_DUE = "chase_due", "Time to ask again"
    KNOWN = "known", "Possibly known"


@dataclass(frozen=True)
class QueueFilter:
    source_group: SourceGroup | None = None
    part: QueuePart | None = None


@dataclass(frozen=True)
class QueueTargets:
    """Working days within which a referral should be decided on."""

    routine: int
    urgent: int

    def of(self, urgency: Urgency | None) -> int:
        return self.urgent if urgency is Urgency.URGENT else self.routine


USUAL_TARGETS = QueueTargets(5, 1)


@dataclass(frozen=True)
class QueueLine:
    """One referral that nobody has decided on."""

    referral_id: UUID
    reference: str
    baby_name: str | None
    """None for a baby who is not born yet; of a record that the reader may not open, that it is restricted."""
    age: str
    """In words, on the day of the list."""
    caregiver_name: str
    source_group: SourceGroup
    reasons: Sequence[ReferralReason]
    received_on: date
    wait: TriageWait
    target: int
    """Working days, of its priority."""
    in_danger: bool
    to_answer: bool
    """Someone said that there is danger, and nobody has answered that."""
    state: QueueState
    chase_on: date | None
    """When to ask the referrer again."""
    urgency: Urgency | None
    """None: nobody has set it."""
    is_over: bool
    """Over the target of its priority."""
    seems_known: bool
    may_see: bool
    """False: its record is restricted, and the reader is not named."""


def triage_queue(
    work: UnitOfWork, today: date, chosen: QueueFilter, targets: QueueTargets = USUAL_TARGETS
) -> Listing[QueueLine]:
    """Unanswered danger first, then those over target, then the longest wait; one statement."""
    return Found(partial(_cut, chosen), partial(_line, today=today, targets=targets), _known(work, today, targets))


@built_once
def _cut(chosen: QueueFilter, cut: Cut | None) -> Select[Any]:
    query = (
        select(
            referral,
            reader_sees(referral.c.family_id).label("may_see"),
            seems_known().label("seems_known"),
            _to_answer().label("to_answer"),
        )
        .where(*_conditions(chosen))
        .order_by(_to_answer().desc(), _is_over().desc(), referral.c.received_at, referral.c.id)
    )
    return cut_to(query, cut)


def _known(work: UnitOfWork, today: date, targets: QueueTargets) -> dict[str, Any]:
    return {**known(work.actor.id, work.now), TODAY.key: today, **first_within(targets, today)}


def over_target() -> ColumnElement[bool]:
    """Nobody has decided on the referral, and it should have been decided on, by `first_within`."""
    return referral.c.decided_on.is_(None) & _is_over()


_ROUTINE_FROM: BindParameter[datetime] = bindparam("routine_from", type_=DateTime(timezone=True))
_URGENT_FROM: BindParameter[datetime] = bindparam("urgent_from", type_=DateTime(timezone=True))


def _to_answer() -> ColumnElement[bool]:
    answered = promise.c.answered_at.is_not(None)
    of_danger = (promise.c.about == referral.c.id, promise.c.kind == PromiseKind.DANGER_SAID)
    return referral.c.in_danger & ~select(promise.c.id).where(*of_danger, answered).correlate(referral).exists()


def _is_over() -> ColumnElement[bool]:
    urgent = and_(referral.c.urgency.is_not_distinct_from(Urgency.URGENT), referral.c.received_at < _URGENT_FROM)
    return or_(urgent, referral.c.received_at < _ROUTINE_FROM)


def first_within(targets: QueueTargets, today: date) -> Mapping[str, datetime]:
    """Working days are the calendar's business, so the database is told from when a referral is still within target."""
    return {
        _ROUTINE_FROM.key: london_start(_first_within(targets.routine, today)),
        _URGENT_FROM.key: london_start(_first_within(targets.urgent, today)),
    }


def _first_within(target: int, today: date) -> date:
    """The earliest day of receipt that is not over the target today."""
    day = today
    while not triage_wait(day - timedelta(1), today).is_over(target):
        day -= timedelta(1)
    return day


async def queue_counts(
    work: UnitOfWork, today: date, source_group: SourceGroup | None, targets: QueueTargets
) -> Mapping[Code | None, int]:
    """How many each part of the queue has; one statement."""
    found = (await work.session.execute(_counts(source_group), _known(work, today, targets))).one()
    return dict(zip((None, *QueuePart), found, strict=True))


@built_once
def _counts(source_group: SourceGroup | None) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [func.count(), *(func.count().filter(_in_part(part)) for part in QueuePart)]
    return select(*columns).where(*_conditions(QueueFilter(source_group)))


def _conditions(chosen: QueueFilter) -> Sequence[ColumnElement[bool]]:
    waiting: list[ColumnElement[bool]] = [referral.c.decided_on.is_(None)]
    if chosen.source_group is not None:
        waiting.append(referral.c.source_group == chosen.source_group)
    if chosen.part is not None:
        waiting.append(_in_part(chosen.part))
    return waiting


def _in_part(part: QueuePart) -> ColumnElement[bool]:
    asked = and_(referral.c.asked_on.is_not(None), referral.c.supplied_on.is_(None))
    conditions: dict[QueuePart, ColumnElement[bool]] = {
        QueuePart.DANGER: _to_answer(),
        QueuePart.OVER: _is_over(),
        QueuePart.URGENT: referral.c.urgency.is_not_distinct_from(Urgency.URGENT),
        QueuePart.ASKED: asked,
        QueuePart.CHASE_DUE: and_(asked, referral.c.chase_on <= TODAY),
        QueuePart.KNOWN: seems_known(),
    }
    return conditions[part]


def _line(row: Any, today: date, targets: QueueTargets) -> QueueLine:
    received_on = london_date(row.received_at)
    subject = Unborn(row.due_on) if row.due_on else Baby(row.baby_name, row.born_on)
    asked = row.asked_on is not None and row.supplied_on is None
    urgency = Urgency(row.urgency) if row.urgency else None
    wait = triage_wait(received_on, today)
    return QueueLine(
        referral_id=row.id,
        reference=row.reference,
        baby_name=row.baby_name if row.may_see else RESTRICTED,
        age=age_in_words(subject, today) if row.may_see else "",
        caregiver_name=row.caregiver_name if row.may_see else "",
        source_group=SourceGroup(row.source_group),
        reasons=[ReferralReason(one) for one in row.reasons] if row.may_see else [],
        received_on=received_on,
        wait=wait,
        target=targets.of(urgency),
        in_danger=row.in_danger,
        to_answer=row.to_answer,
        state=_state(row.chase_on, today) if asked else QueueState.NEW,
        chase_on=row.chase_on if asked else None,
        urgency=urgency,
        is_over=wait.is_over(targets.of(urgency)),
        seems_known=row.seems_known,
        may_see=row.may_see,
    )


def _state(chase_on: date, today: date) -> QueueState:
    return QueueState.CHASE_DUE if chase_on <= today else QueueState.ASKED
