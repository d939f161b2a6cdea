"""Which months are frozen, when, by whom, with how much in them; and what was revised afterwards."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.reporting.publication.database.publication_tables import published, snapshot
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.revision import Cause
from shared.staff.listing import Listing, found_by


@dataclass(frozen=True)
class SnapshotFilter:
    kind: Cause | None = None


@dataclass(frozen=True)
class SnapshotLine:
    """One frozen snapshot."""

    month: date
    kind: Cause
    made_at: datetime
    released_by: UUID
    figures: int
    """How many figures it holds that those inside see."""
    hidden: int
    """How many of those are hidden."""
    provisional: tuple[str, ...]
    """Teams that did not stand by the month, by slug."""
    digest: str
    """SHA-256 of all its cells, in hexadecimal."""


def snapshot_list(chosen: SnapshotFilter) -> Listing[SnapshotLine]:
    """The latest first; of a month, what revised it before the month itself."""
    inside = (published.c.snapshot == snapshot.c.id) & (published.c.audience == Audience.INSIDE)
    of_it = select(func.count()).where(inside).correlate(snapshot)
    teams = select(func.array_agg(published.c.team.distinct())).where(
        inside, ~published.c.is_finished, published.c.team != ""
    )
    query = (
        select(
            snapshot,
            of_it.scalar_subquery().label("figures"),
            of_it.where(published.c.why_hidden.is_not(None)).scalar_subquery().label("hidden"),
            teams.correlate(snapshot).scalar_subquery().label("provisional"),
        )
        .where(snapshot.c.is_frozen, *([snapshot.c.cause == chosen.kind.value] if chosen.kind else []))
        .order_by(snapshot.c.id.desc())
    )
    return found_by(query, _line)


def _line(row: Any) -> SnapshotLine:
    return SnapshotLine(
        month=row.month,
        kind=Cause(row.cause),
        made_at=row.made_at,
        released_by=row.released_by,
        figures=row.figures,
        hidden=row.hidden,
        provisional=tuple(sorted(row.provisional or ())),
        digest=row.digest,
    )
