"""Which organisations ask, and which never do?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from services.consultation.database.tables import consultation, organisation
from shared.contracts.vocabulary import Code, SourceGroup
from shared.staff.answer_words import Offered
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork

SINCE_DAYS = 365


class Asks(Code):
    ASKED = "asked", "Have asked"
    NEVER = "never", "Never asked"


@dataclass(frozen=True)
class OrganisationFilter:
    asks: Asks | None = None


@dataclass(frozen=True)
class OrganisationLine:
    organisation_id: UUID
    version: int
    name: str
    sector: SourceGroup
    in_a_year: int
    """Consultations of the last 365 days."""
    minutes: int
    """Of these."""
    last_on: date | None
    """None: it has never asked."""


def organisation_list(work: UnitOfWork, chosen: OrganisationFilter) -> Listing[OrganisationLine]:
    """Those that never asked first, by name; then who asked longest ago."""
    since = work.today - timedelta(SINCE_DAYS)
    counts = and_(consultation.c.organisation_id == organisation.c.id, consultation.c.withdrawn_why == "")
    is_recent = consultation.c.held_on > since
    in_a_year = func.count(consultation.c.id).filter(is_recent)
    last_on = func.max(consultation.c.held_on)
    query = (
        select(
            organisation,
            in_a_year.label("in_a_year"),
            func.coalesce(func.sum(consultation.c.minutes).filter(is_recent), 0).label("minutes"),
            last_on.label("last_on"),
        )
        .outerjoin(consultation, counts)
        .where(organisation.c.closed_on.is_(None))
        .group_by(organisation.c.id)
        .order_by(last_on.nulls_first(), func.lower(organisation.c.name), organisation.c.id)
    )
    if chosen.asks:
        query = query.having(last_on.is_(None) if chosen.asks is Asks.NEVER else last_on.is_not(None))
    return found_by(query, _line)


@dataclass(frozen=True)
class WhoAsks:
    """In short."""

    most: list[OrganisationLine]
    """Those that asked most in a year."""
    never: list[OrganisationLine]
    """Some of those that never asked."""
    never_count: int


async def who_asks(work: UnitOfWork, rows: int = 6) -> WhoAsks:
    """Args: rows: of each."""
    every = await organisation_list(work, OrganisationFilter()).whole(work.session)
    never = [line for line in every if line.last_on is None]
    asking = sorted((line for line in every if line.in_a_year), key=lambda line: -line.in_a_year)
    return WhoAsks(asking[:rows], never[:rows], len(never))


async def organisations_offered(work: UnitOfWork) -> list[Offered]:
    """Those that are open, by name."""
    query = select(organisation.c.id, organisation.c.name).where(organisation.c.closed_on.is_(None))
    rows = await work.session.execute(query.order_by(func.lower(organisation.c.name)))
    return [Offered(str(row.id), row.name) for row in rows]


def _line(row: Any) -> OrganisationLine:
    return OrganisationLine(
        row.id, row.version, row.name, SourceGroup(row.sector), row.in_a_year, row.minutes, row.last_on
    )
