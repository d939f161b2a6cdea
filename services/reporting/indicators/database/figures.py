"""Make the figures of dirty months anew, and take the marks away in the same transaction.

One transaction at a time does it, whoever asks. It remembers when each mark was set and takes away only that: a mark
that was set again meanwhile stays. What changes a fact of a month can change every later figure of the team, so all
from the earliest dirty month on are made: usually that is the month that goes on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.facts.database.rebuild import NO_FIGURES_MEANWHILE
from services.reporting.indicators.database.figure_statement import FigureStatement
from services.reporting.indicators.packs.catalogue import INDICATORS
from shared.inbox.projection import marking

TEAMS_AT_ONCE = 20
"""In one transaction: whoever waits for it sees it go on."""


@dataclass(frozen=True)
class Reckoned:
    """What one transaction did."""

    teams: int
    """How many teams' figures were made."""
    left: int
    """How many teams still have dirty months."""


async def reckon(session: AsyncSession, month: date, now: datetime, *, waits: bool = False) -> Reckoned:
    """Make the figures of some teams that have dirty months; the caller commits.

    Args:
        month: the one that goes on, in Europe/London, as its first day; of later ones no figures are made yet.
        waits: for another that does it now; otherwise nothing is done then.
    """
    lock = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    if await session.scalar(text(f"SELECT {lock}({NO_FIGURES_MEANWHILE})")) is False:
        return Reckoned(0, 0)
    await _mark_what_is_missing(session, month)
    marks = (await session.execute(_MARKS, {"month": month})).all()
    if not marks:
        return Reckoned(0, 0)
    since = {mark.team: mark.month for mark in reversed(marks)}
    latest_first = sorted(since, key=lambda team: since[team], reverse=True)[:TEAMS_AT_ONCE]
    firsts = [since[team] for team in latest_first]
    await session.execute(_SETTINGS)
    due = {"teams": latest_first, "since": firsts, "first": min(firsts), "last": month, "now": now}
    changed = await session.scalar(_figures(), due)
    await session.execute(
        _UNMARK,
        [{"team": mark.team, "month": mark.month, "since": mark.since} for mark in marks if mark.team in latest_first],
    )
    if changed:
        await session.execute(text("SELECT pg_notify('figures', '')"))
    return Reckoned(len(latest_first), len(since) - len(latest_first))


async def _mark_what_is_missing(session: AsyncSession, month: date) -> None:
    """A month that has begun; and all months, when an indicator or a version of one is new to this database."""
    known = {(row.indicator, row.version) for row in await session.execute(_KNOWN)}
    if new := [one for one in INDICATORS if (one.number, one.version) not in known]:
        rows = [{"indicator": one.number, "version": one.version, "digest": one.digest} for one in new]
        await session.execute(_NOW_KNOWN, rows)
        await session.execute(text(marking(_fact_tables())))
    await session.execute(_MARK_BEGUN, {"month": month})
    versions = {"indicators": [one.number for one in INDICATORS], "versions": [one.version for one in INDICATORS]}
    await session.execute(_MARK_LEFT, versions)


def _fact_tables() -> list[str]:
    return sorted({term.table for one in INDICATORS for tally in one.tallies for term in tally.terms})


@cache
def _figures() -> TextClause:
    return text(FigureStatement(INDICATORS).sql())


_KNOWN = text("SELECT indicator, version FROM indicator_version")
_NOW_KNOWN = text("""
INSERT INTO indicator_version (indicator, version, digest) VALUES (:indicator, :version, :digest) ON CONFLICT DO NOTHING
""")
_MARK_BEGUN = text("""
INSERT INTO dirty_month (team, month, since)
SELECT team, (last + interval '1 month')::date, clock_timestamp()
FROM (SELECT DISTINCT team FROM checkpoint) known
CROSS JOIN LATERAL (SELECT max(month) AS last FROM figure WHERE figure.team = known.team) made
LEFT JOIN left_team gone USING (team)
WHERE last < least(:month, gone.month) ON CONFLICT DO NOTHING
""")
_MARK_LEFT = text("""
INSERT INTO dirty_month (team, month, since)
SELECT team, (month + interval '1 month')::date, clock_timestamp() FROM left_team
WHERE EXISTS (
    SELECT FROM figure
    JOIN unnest(CAST(:indicators AS integer[]), CAST(:versions AS integer[])) AS known (indicator, version)
    USING (indicator, version)
    WHERE figure.team = left_team.team AND figure.month > left_team.month
)
ON CONFLICT DO NOTHING
""")
"""Of a team that has left there is no figure any more from the next month on, of those that were made meanwhile too.
What an older version said stays as it was said."""
_MARKS = text("SELECT team, month, since FROM dirty_month WHERE month <= :month ORDER BY month")
_UNMARK = text("DELETE FROM dirty_month WHERE team = :team AND month = :month AND since = :since")
_SETTINGS = text("""
SELECT set_config('jit', 'off', true), set_config('enable_mergejoin', 'off', true),
       set_config('plan_cache_mode', 'force_custom_plan', true),
       set_config('work_mem', '64MB', true), set_config('statement_timeout', '0', true)
""")
"""To compile a statement of a hundred sums takes longer than to run it, and to sort what could be hashed likewise; all
months of a team may take some seconds. One plan for all would be that of a rebuild, and one month took ten times as
long by it."""
