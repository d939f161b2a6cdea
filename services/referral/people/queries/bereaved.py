"""Of which families has every baby died, or not been born alive? They are asked for nothing. Source: reference 8.1."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from services.referral.database.family_tables import family_member, person
from services.referral.people.domain.family import MemberKind


def is_bereaved(family_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """False for a family without a baby on record, and while one of several babies lives."""
    lost: ColumnElement[bool] = person.c.died_on.is_not(None) | (
        func.coalesce(person.c.pregnancy_outcome, "live_birth") != "live_birth"
    )
    every: Any = (
        select(func.coalesce(func.bool_and(lost), False))
        .join_from(family_member, person, person.c.id == family_member.c.person_id)
        .where(
            family_member.c.family_id == family_id,
            family_member.c.until_on.is_(None),
            family_member.c.kind == MemberKind.BABY,
        )
        .scalar_subquery()
    )
    return every
