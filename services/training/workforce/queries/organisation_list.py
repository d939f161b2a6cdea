"""Which organisations have people who work with babies, and how many are on the register?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.training.database.workforce_tables import headcount, organisation, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.vocabulary import SourceGroup
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OrganisationFilter:
    sector: SourceGroup | None = None


@dataclass(frozen=True)
class OrganisationLine:
    organisation_id: UUID
    name: str
    sector: SourceGroup
    at_work: int
    """People of the register who work there today."""
    headcount: int | None
    """How many the organisation says there are, of all professions; None: it has not said."""


def organisation_list(work: UnitOfWork, chosen: OrganisationFilter) -> Listing[OrganisationLine]:
    """Those that are open, by name."""
    newest = (
        select(headcount.c.organisation_id, headcount.c.people)
        .ext(distinct_on(headcount.c.organisation_id, headcount.c.profession))
        .where(headcount.c.as_of <= work.today)
        .order_by(
            headcount.c.organisation_id,
            headcount.c.profession,
            headcount.c.as_of.desc(),
            headcount.c.entered_at.desc(),
            headcount.c.id.desc(),
        )
        .subquery()
    )
    said = select(func.sum(newest.c.people)).where(newest.c.organisation_id == organisation.c.id).scalar_subquery()
    held = and_(post.c.organisation_id == organisation.c.id, holds_on(post, work.today))
    query = (
        select(organisation, func.count(post.c.person_id.distinct()).label("at_work"), said.label("headcount"))
        .outerjoin(post, held)
        .where(organisation.c.closed_on.is_(None))
        .group_by(organisation.c.id)
        .order_by(func.lower(organisation.c.name))
    )
    if chosen.sector:
        query = query.where(organisation.c.sector == chosen.sector)
    return found_by(query, _line)


def _line(row: Any) -> OrganisationLine:
    return OrganisationLine(row.id, row.name, SourceGroup(row.sector), row.at_work, row.headcount)
