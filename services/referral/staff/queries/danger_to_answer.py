"""Who said that someone is in danger and has no answer yet: by when it was promised, who gives it, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from services.referral.database.intake_tables import callback, promise
from services.referral.database.tables import episode, referral
from shared.contracts.pathway_codes import PromiseKind
from shared.database.built_once import built_once
from shared.database.mapping import read_row
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

RESPONSIBLE_ID = func.coalesce(promise.c.assigned_to, episode.c.lead_id)
"""Whom a promise was handed to, or who leads the work that `is_begun`."""


@dataclass(frozen=True)
class DangerToAnswer:
    reference: str
    """Of the referral, or of the number that someone left."""
    address: str
    """Of the page where it is answered."""
    due_at: datetime
    """UTC."""
    responsible_id: UUID | None
    """Whom it was handed to, or who leads the work that began with it; None: nobody is named."""
    responsible_name: str | None


async def danger_to_answer(work: UnitOfWork, responsible_id: UUID | None = None) -> Sequence[DangerToAnswer]:
    """Whether or not the referral was decided on, the first due first; one statement.

    Args:
        responsible_id: whose; None: all of the team's.
    """
    found = [read_row(DangerToAnswer, row) for row in await work.session.execute(unanswered_danger())]
    return [one for one in found if responsible_id in (None, one.responsible_id)]


def is_begun() -> ColumnElement[bool]:
    """The work that began with the referral goes on."""
    return (episode.c.referral_id == promise.c.about) & episode.c.ended_on.is_(None)


@built_once
def unanswered_danger() -> Select[*tuple[Any, ...]]:
    of_referral = func.concat("/referrals/", promise.c.about, "/danger")
    address = case((referral.c.id.is_not(None), of_referral), else_=func.concat("/callbacks/", promise.c.about))
    return (
        select(
            func.coalesce(referral.c.reference, callback.c.reference).label("reference"),
            address.label("address"),
            promise.c.due_at,
            RESPONSIBLE_ID.label("responsible_id"),
            colleague.c.name.label("responsible_name"),
        )
        .outerjoin_from(promise, referral, referral.c.id == promise.c.about)
        .outerjoin(callback, callback.c.id == promise.c.about)
        .outerjoin(episode, is_begun())
        .outerjoin(colleague, colleague.c.id == RESPONSIBLE_ID)
        .where(promise.c.kind == PromiseKind.DANGER_SAID, promise.c.answered_at.is_(None))
        .order_by(promise.c.due_at, promise.c.id)
    )
