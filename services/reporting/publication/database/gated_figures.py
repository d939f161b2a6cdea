"""The figures of an indicator as the gate takes them, and which indicators have figures that have not passed it yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.indicators.domain.indicator import Indicator
from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gated_indicator import GatedIndicator


@dataclass(frozen=True)
class Waiting:
    """An indicator whose figures have changed since what is published of it was made."""

    indicator: Indicator
    changes: int
    """How often they had changed."""


async def waiting(session: AsyncSession, indicators: Sequence[Indicator], today: date) -> Waiting | None:
    """The first of them, if any; on a new day every one, for a month may have begun.

    Args:
        today: in Europe/London.
    """
    numbers = {one.number: one for one in indicators}
    row = (await session.execute(_WAITING, {"indicators": list(numbers), "today": today})).first()
    return Waiting(numbers[row.indicator], row.number) if row else None


async def gated_figures(session: AsyncSession, indicator: Indicator, since: date | None) -> GatedIndicator:
    """Of the indicator's present version, in one statement each for teams, for parts and for who is not ready.

    Args:
        since: the first month that is asked for; None: all.
    """
    asked = {"indicator": indicator.number, "version": indicator.version, "since": since or date.min}
    figures = (await session.execute(_FIGURES, asked)).all()
    parts: dict[tuple[str, date], dict[str, Counted]] = {}
    for row in await session.execute(_PARTS, asked):
        parts.setdefault((row.way, row.month), {})[row.part] = Counted(int(row.numerator), _whole(row.denominator))
    not_ready = (await session.execute(text("SELECT team, month FROM not_ready WHERE ready_at IS NULL"))).all()
    return GatedIndicator(
        indicator=indicator,
        figures={
            (row.team, row.month): Counted(row.numerator, row.denominator, row.median, row.ninetieth) for row in figures
        },
        parts=parts,
        not_ready=frozenset((row.team, row.month) for row in not_ready),
    )


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number))


_WAITING = text("""
SELECT indicator, number FROM (
    SELECT indicator, place, sum(number)::bigint AS number
    FROM unnest(CAST(:indicators AS integer[])) WITH ORDINALITY AS asked (indicator, place)
    JOIN figure_change USING (indicator) GROUP BY indicator, place
) known LEFT JOIN gate_passed USING (indicator)
WHERE (number, CAST(:today AS date)) IS DISTINCT FROM (changes, on_day)
ORDER BY place LIMIT 1
""")

_FIGURES = text("""
SELECT team, month, numerator, denominator, median, ninetieth FROM figure
WHERE indicator = :indicator AND version = :version AND way = '' AND month >= :since
ORDER BY month, team
""")

_PARTS = text("""
SELECT way, part, month, sum(numerator) AS numerator, sum(denominator) AS denominator FROM figure
WHERE indicator = :indicator AND version = :version AND way <> '' AND month >= :since
GROUP BY way, part, month ORDER BY month, way, part
""")
