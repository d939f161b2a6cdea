"""What the staff's pages have in common: who may see them, and what they do about who acts and about a refusal."""

from typing import Any

from starlette.requests import Request

from services.referral.staff.database.colleagues import Colleagues
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed, NotSeen, Refusal, RuleBroken
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import current_session, need

STAFF_ROLES = frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD})
STAFF: Any = need(*STAFF_ROLES)
"""Whoever works in the team. What they may decide is the domain's business."""


async def remember_actor(request: Request, work: UnitOfWork) -> None:
    """Keep the name of whoever acts, for the record."""
    session = current_session(request)
    if session is not None:
        await Colleagues(work.session).remember(session.actor.id, session.name, session.actor.roles)


def status_of(refusal: Refusal) -> int:
    """Of the page that shows a form again with a refusal; what it cannot show is raised again.

    Raises:
        Refusal: the same, when it is not about what was entered, or when nothing of the page may be seen.
    """
    match refusal:
        case NotSeen():
            raise refusal
        case RuleBroken():
            return 422
        case NotAllowed():
            return 403
        case Conflict():
            return 409
        case _:
            raise refusal
