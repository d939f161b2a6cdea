"""Who sees minutes, kind and day: whoever had it, their supervisor and the team lead. Notes: see `supervision_note`."""

from collections.abc import Collection
from uuid import UUID

from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.domain.supervision_session import SupervisionSession
from shared.kernel.actor import Actor
from shared.kernel.errors import NotSeen


def leads(actor: Actor) -> bool:
    return CAPABILITIES.holds(actor.roles, LEAD_SUPERVISION)


def sees_balance(actor: Actor, supervisee_id: UUID, supervisors: Collection[UUID | None]) -> bool:
    """Their own, of those whom they supervise now, and as the team lead."""
    return actor.id == supervisee_id or actor.id in supervisors or leads(actor)


def check_sees_balance(actor: Actor, supervisee_id: UUID, supervisors: Collection[UUID | None]) -> None:
    """Raises NotSeen."""
    if not sees_balance(actor, supervisee_id, supervisors):
        raise NotSeen("supervision_seen", "Only they, their supervisor and the team lead see this. Ask one of them.")


def sees_session(actor: Actor, session: SupervisionSession) -> bool:
    """Those who are there, and the team lead."""
    return actor.id in session.meeting.those_there or leads(actor)


def check_takes_part(actor: Actor, session: SupervisionSession) -> None:
    """Whoever sees a session may record, move, correct and cancel it. Raises NotSeen."""
    if not sees_session(actor, session):
        raise NotSeen("supervision_session", "Only those who are there and the team lead see this session.")
