"""The region at a glance: every figure as it may be shown, for all teams at once.

Small numbers are hidden here and nowhere else, over all teams and both ways of counting together. A page, chart, file
or live update that shows one team picks from this; it never counts anew.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.dashboard.queries.regional_counts import RegionalCounts, regional_counts
from services.reporting.facts.queries.freshness import Freshness, freshness
from services.reporting.publication.domain.breakdown import SafeBreakdown, protected
from services.reporting.publication.domain.span import Span, spans
from services.reporting.publication.domain.suppression import REGIONAL


@dataclass(frozen=True)
class RegionalDashboard:
    """The region's figures, and how fresh they are."""

    months: tuple[date, ...]
    """The months that are counted, each as its first day; the earliest first, the last one still going on."""
    referrals: SafeBreakdown
    """Referrals received, by `month` (2026-03-01) and by `source` (a SourceGroup)."""
    triage: SafeBreakdown
    """Triage decisions, by `speed` (`in_time`, `later`) and by `outcome` (`accepted` or a TriageOutcome); the region's
    other than accepted also by `reason` (a DeclineReason)."""
    moves: SafeBreakdown
    """Moves between tiers, by `move` (`universal targeted`) and by `cause` (`capacity`, `need`)."""
    open_families: SafeBreakdown
    """Families whom teams work with now, by `tier`."""
    freshness: tuple[Freshness, ...]

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that are read, by slug."""
        return tuple(dict.fromkeys(item.team for item in self.freshness))


async def regional_dashboard(session: AsyncSession, today: date, *, years: int = 1) -> RegionalDashboard:
    """The figures of the present month and the twelve before it, or of one or two years more.

    Args:
        today: date in Europe/London.
        years: 1 to LONGEST_YEARS.
    """
    stretches = spans(today, years=years)
    counts, fresh = await regional_counts(session, stretches), await freshness(session)
    # In a thread: with a hundred teams this takes half a second, and the reader shares the event loop.
    return await asyncio.to_thread(_safe, counts, stretches, fresh)


def _safe(counts: RegionalCounts, stretches: Sequence[Span], fresh: tuple[Freshness, ...]) -> RegionalDashboard:
    return RegionalDashboard(
        months=tuple(sorted(month for stretch in stretches for month in stretch.months)),
        referrals=protected(counts.referrals, REGIONAL),
        triage=protected(counts.triage, REGIONAL),
        moves=protected(counts.moves, REGIONAL),
        open_families=protected([counts.open_families], REGIONAL),
        freshness=fresh,
    )
