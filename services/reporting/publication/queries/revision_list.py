"""Why a figure is another than it was: what it was, what it is, and the cause."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select, true

from services.reporting.publication.database.cells import point_of
from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.domain.published_point import Audience, PublishedPoint
from services.reporting.publication.domain.revision import REVISING, Cause
from shared.staff.listing import Listing, found_by


@dataclass(frozen=True)
class RevisionFilter:
    cause: Cause | None = None


@dataclass(frozen=True)
class RevisionLine:
    """One figure that those inside see."""

    indicator: int
    team: str
    """Empty for the region."""
    part: str
    """Empty for all of it."""
    was: PublishedPoint | None
    """None: there was none."""
    now: PublishedPoint
    cause: Cause
    month: date
    """Of the snapshot, as its first day."""
    revised_at: datetime


def revision_list(chosen: RevisionFilter) -> Listing[RevisionLine]:
    """The latest first."""
    earlier, cell = published.alias("earlier"), published.alias("cell")
    same = ("audience", "indicator", "team", "period", "starts", "way", "part")
    was = (
        select(earlier)
        .where(and_(*(earlier.c[name] == cell.c[name] for name in same)), earlier.c.snapshot < cell.c.snapshot)
        .where(earlier.c.snapshot.in_(select(snapshot.c.id).where(snapshot.c.is_frozen)))
        .order_by(earlier.c.snapshot.desc())
        .limit(1)
        .lateral("was")
    )
    causes = [chosen.cause] if chosen.cause else REVISING
    query = (
        select(
            cell,
            snapshot.c.cause,
            snapshot.c.month,
            snapshot.c.made_at,
            *(was.c[name].label(f"was_{name}") for name in _OF_A_POINT),
        )
        .join(snapshot, snapshot.c.id == cell.c.snapshot)
        .join(was, true(), isouter=True)
        .where(snapshot.c.cause.in_([cause.value for cause in causes]), cell.c.audience == Audience.INSIDE)
        .order_by(cell.c.snapshot.desc(), cell.c.indicator, cell.c.team, cell.c.way, cell.c.part, cell.c.starts)
    )
    return found_by(query, _line)


_OF_A_POINT = ("starts", "period", "numerator", "denominator", "median", "ninetieth", "why_hidden", "is_finished")


@dataclass(frozen=True)
class _Was:
    """The columns of the earlier cell, by the names that they have in a cell."""

    row: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, f"was_{name}")


def _line(row: Any) -> RevisionLine:
    return RevisionLine(
        indicator=row.indicator,
        team=row.team,
        part=row.part,
        was=None if row.was_starts is None else point_of(_Was(row)),
        now=point_of(row),
        cause=Cause(row.cause),
        month=row.month,
        revised_at=row.made_at,
    )
