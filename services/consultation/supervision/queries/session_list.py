"""Which supervision did somebody have, or will have? The newest first, without a word of what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions, read_session
from services.consultation.supervision.domain.supervision_session import SessionState, SupervisionSession
from shared.staff.colleagues import Colleagues
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SupervisionLine:
    """One session, for one who is supervised in it."""

    session: SupervisionSession
    supervisor: str
    """Empty among peers."""
    counted: int
    """Minutes as they count for them; 0 of one that was not held."""

    @property
    def on(self) -> date:
        return self.session.meeting.on


async def session_list(work: UnitOfWork, supervisee_id: UUID) -> Listing[SupervisionLine]:
    """Whether the actor may see it is the caller's to ask."""
    table = supervision_session
    query = (
        select(table)
        .where(table.c.supervisees.contains([supervisee_id]))
        .order_by(table.c.starts_at.desc(), table.c.id.desc())
    )
    rules, names = await supervision_rules(work), await names_of(work)

    def line(row: Any) -> SupervisionLine:
        session = read_session(row)
        counted = session.counted(rules)[supervisee_id] if session.state is SessionState.HELD else 0
        return SupervisionLine(session, supervisor_name(session, names), round(counted))

    return found_by(query, line)


@dataclass(frozen=True)
class SessionShown:
    """One session, with all who are in it."""

    session: SupervisionSession
    supervisor: str
    people: Mapping[UUID, str]
    """Those who are supervised, by name."""
    counted: Mapping[UUID, int]
    """Minutes as they count; 0 of one that was not held."""


async def one_session(work: UnitOfWork, session_id: UUID) -> SessionShown:
    """Raises NotFound when the team has no such session, and NotSeen when it is not the actor's to see."""
    session = await SupervisionSessions(work).get(session_id)
    rules, names = await supervision_rules(work), await names_of(work)
    is_held = session.state is SessionState.HELD
    counted = {who: round(minutes) if is_held else 0 for who, minutes in session.counted(rules).items()}
    people = {who: names.get(who, "A colleague") for who in session.meeting.supervisees}
    return SessionShown(session, supervisor_name(session, names), people, counted)


async def names_of(work: UnitOfWork) -> dict[UUID, str]:
    """Of everyone who has signed in."""
    return {one.id: one.name for one in await Colleagues(work.session).everyone()}


def supervisor_name(session: SupervisionSession, names: Mapping[UUID, str]) -> str:
    meeting = session.meeting
    if meeting.supervisor_id is not None:
        return names.get(meeting.supervisor_id, "A colleague")
    return "" if meeting.kind.is_among_peers else "Someone outside the team"
