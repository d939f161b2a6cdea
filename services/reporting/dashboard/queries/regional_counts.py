"""What the facts say, before small numbers are hidden. Only `regional_dashboard` may read it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.publication.domain.breakdown import Breakdown, Counts
from services.reporting.publication.domain.span import Span
from shared.contracts.vocabulary import Tier

TRIAGE_TARGET_WORKING_DAYS = 5
"""Source: reference 7.1, indicator 9."""

ACCEPTED = "accepted"


@dataclass(frozen=True)
class RegionalCounts:
    """One breakdown for each span, in the order of the spans; open families are those of now."""

    referrals: tuple[Breakdown, ...]
    triage: tuple[Breakdown, ...]
    moves: tuple[Breakdown, ...]
    open_families: Breakdown


async def regional_counts(session: AsyncSession, spans: Sequence[Span]) -> RegionalCounts:
    """Count everything in three statements, each of which reads one index.

    Args:
        spans: the latest first, without a gap between them.
    """
    window = {"starts": sorted(span.first for span in spans), "last": spans[0].last}
    received = (await session.execute(_RECEIVED, window)).all()
    decided = (await session.execute(_DECIDED, window)).all()
    moved = (await session.execute(_MOVED, window)).all()
    numbers = range(len(spans), 0, -1)
    return RegionalCounts(
        referrals=tuple(_referrals(_of_span(received, number)) for number in numbers),
        triage=tuple(_triage(_of_span(decided, number)) for number in numbers),
        moves=tuple(_moves(_of_span(moved, number)) for number in numbers),
        open_families=_open_families(moved),
    )


_RECEIVED = text("""
SELECT width_bucket(month, CAST(:starts AS date[])) AS span, team, month, source_group, count(*) AS number
FROM referral_received
WHERE month BETWEEN (CAST(:starts AS date[]))[1] AND :last
GROUP BY team, month, source_group
""")

_DECIDED = text(f"""
SELECT width_bucket(month, CAST(:starts AS date[])) AS span, team, outcome, reason,
       working_days <= {TRIAGE_TARGET_WORKING_DAYS} AS in_time, sum(number) AS number
FROM triage_decided
WHERE month BETWEEN (CAST(:starts AS date[]))[1] AND :last
GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) > 0
""")  # noqa: S608

_MOVED = text("""
SELECT width_bucket(month, CAST(:starts AS date[])) AS span, team, from_tier, to_tier, capacity_driven,
       count(*) AS number
FROM tier_movement
WHERE month <= :last
GROUP BY 1, 2, 3, 4, 5
""")

Rows = Sequence[Any]


def _of_span(rows: Rows, number: int) -> Rows:
    return [row for row in rows if row.span == number]


def _referrals(rows: Rows) -> Breakdown:
    return Breakdown(
        {
            "month": _counts((row.team, row.month.isoformat(), row.number) for row in rows),
            "source": _counts((row.team, row.source_group, row.number) for row in rows),
        }
    )


def _triage(rows: Rows) -> Breakdown:
    reasons: Counter[str] = Counter()
    for row in rows:
        if row.outcome != ACCEPTED:
            reasons[row.reason] += row.number
    return Breakdown(
        {
            "speed": _counts((row.team, "in_time" if row.in_time else "later", row.number) for row in rows),
            "outcome": _counts((row.team, row.outcome, row.number) for row in rows),
        },
        details=("reason", reasons),
        detailed_groups=frozenset(row.outcome for row in rows) - {ACCEPTED},
    )


def _moves(rows: Rows) -> Breakdown:
    moves = [row for row in rows if row.from_tier not in (None, row.to_tier)]
    return Breakdown(
        {
            "cause": _counts((row.team, "capacity" if row.capacity_driven else "need", row.number) for row in moves),
            "move": _counts((row.team, f"{row.from_tier} {row.to_tier}", row.number) for row in moves),
        }
    )


def _open_families(rows: Rows) -> Breakdown:
    """A family at `community` has the services that all families have: the team's work with it has ended."""
    families: Counter[tuple[str, str]] = Counter()
    for row in rows:
        families[row.team, row.to_tier] += row.number
        if row.from_tier is not None:
            families[row.team, row.from_tier] -= row.number
    # A move whose beginning was set aside would count as less than no family.
    at_work = {key: max(number, 0) for key, number in families.items() if key[1] != Tier.COMMUNITY.value}
    return Breakdown({"tier": at_work})


def _counts(rows: Iterable[tuple[str, str, int]]) -> Counts:
    counts: Counter[tuple[str, str]] = Counter()
    for team, group, number in rows:
        counts[team, group] += number
    return counts
