"""Whose supervision is reckoned, and from what: agreements, leave, sessions, rules. Five statements for any number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.consultation.database.supervision_tables import (
    supervisee,
    supervision_agreement,
    supervision_leave,
    supervision_session,
)
from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import read_session
from services.consultation.supervision.domain.supervision_agreement import (
    Leave,
    SupervisionAgreement,
    Terms,
    terms_on,
)
from services.consultation.supervision.domain.supervision_balance import WINDOW_DAYS, Balance, Given, Ledger, ledger_for
from services.consultation.supervision.domain.supervision_owed import Supervisee
from services.consultation.supervision.domain.supervision_rules import SupervisionRules
from services.consultation.supervision.domain.supervision_session import SessionState, SupervisionSession
from shared.database.mapping import read_row
from shared.kernel.calendar import london_start
from shared.kernel.clock import london_date
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SupervisionRecord:
    """All that is known of one colleague's supervision, without a word of what was said."""

    supervisee_id: UUID
    name: str
    behind_since: date | None
    """Since when somebody has been asked to see to it."""
    whose: Supervisee
    agreements: Sequence[SupervisionAgreement]
    """The earliest first."""
    leaves: Sequence[Leave]
    """Those that were not taken back; the earliest first."""
    sessions: Sequence[SupervisionSession]
    """As far back as was asked; the earliest first."""
    rules: SupervisionRules
    now: datetime

    @property
    def today(self) -> date:
        return london_date(self.now)

    @property
    def terms(self) -> Terms | None:
        """That hold today."""
        return terms_on(self.agreements, self.today)

    @property
    def held(self) -> list[Given]:
        """What counts."""
        return [self.given_in(one) for one in self.sessions if one.state is SessionState.HELD]

    @property
    def booked(self) -> list[SupervisionSession]:
        """What is still to come."""
        return [one for one in self.sessions if one.state is SessionState.PLANNED and one.meeting.starts_at > self.now]

    @property
    def unsaid(self) -> list[SupervisionSession]:
        """Planned, and its time is over: nobody has said what became of it."""
        return [one for one in self.sessions if one.state is SessionState.PLANNED and one.meeting.starts_at <= self.now]

    def given_in(self, session: SupervisionSession) -> Given:
        """As it counts if it is held."""
        return Given(session.meeting.on, session.counted(self.rules)[self.supervisee_id])

    @property
    def balance(self) -> Balance:
        return self.ledger().balance_on(self.today)

    def ledger(self, given: Sequence[Given] | None = None) -> Ledger:
        """Of today and what comes of it, by what was held unless other is said."""
        return ledger_for(self.today, self.whose, self.held if given is None else given, self.rules)


async def supervision_records(
    work: UnitOfWork, *, only: UUID | None = None, since: date | None = None
) -> list[SupervisionRecord]:
    """By name.

    Args:
        only: of one colleague; whether the actor may see it is the caller's to ask.
        since: the first day whose sessions are wanted; by itself what a curve of 84 days needs.
    """
    people = select(supervisee, colleague.c.name).join(colleague, colleague.c.id == supervisee.c.id)
    agreements = select(supervision_agreement).order_by(supervision_agreement.c.from_on)
    leaves = select(supervision_leave).where(~supervision_leave.c.was_withdrawn).order_by(supervision_leave.c.first_on)
    begins = london_start(since or work.today - timedelta(2 * WINDOW_DAYS))
    session = supervision_session
    sessions = select(session).where(session.c.starts_at >= begins).order_by(session.c.starts_at, session.c.id)
    if only is not None:
        people = people.where(supervisee.c.id == only)
        agreements = agreements.where(supervision_agreement.c.supervisee_id == only)
        leaves = leaves.where(supervision_leave.c.supervisee_id == only)
        sessions = sessions.where(session.c.supervisees.contains([only]))
    agreed = await _by_supervisee(work, agreements, SupervisionAgreement)
    away = await _by_supervisee(work, leaves, Leave)
    had: defaultdict[UUID, list[SupervisionSession]] = defaultdict(list)
    for one in map(read_session, await work.session.execute(sessions)):
        for who in one.meeting.supervisees:
            had[who].append(one)
    rules = await supervision_rules(work)
    rows = await work.session.execute(people.order_by(colleague.c.name, supervisee.c.id))
    return [
        SupervisionRecord(
            row.id,
            row.name,
            row.behind_since,
            _whose(row.experience_from, agreed[row.id], away[row.id]),
            agreed[row.id],
            away[row.id],
            had[row.id],
            rules,
            work.now,
        )
        for row in rows
    ]


async def _by_supervisee(work: UnitOfWork, query: Any, kind: type[Any]) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in await work.session.execute(query):
        found[row.supervisee_id].append(read_row(kind, row))
    return found


def _whose(experience_from: date, agreements: Sequence[SupervisionAgreement], leaves: Sequence[Leave]) -> Supervisee:
    return Supervisee(experience_from, [one.terms.owes() for one in agreements], [one.days for one in leaves])


async def supervises(work: UnitOfWork) -> bool:
    """Whether the actor is anybody's supervisor by an agreement."""
    its = supervision_agreement.c.supervisor_id == work.actor.id
    return await work.session.scalar(select(supervision_agreement.c.id).where(its).limit(1)) is not None
