"""Median and 90th of days by nearest rank: the first length at which so many of the waits had ended.

So each is a length that somebody waited. A correction takes one away of a length, whichever of them it was.
"""

from collections.abc import Iterator, Sequence

from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.indicators.domain.tally import Term


def waits(indicators: Sequence[Indicator]) -> str:
    """The table `wait`, of (indicator, side, team, month, way, part, value, median, ninetieth)."""
    lengths = " UNION ALL ".join(
        _lengths(one.number, term, way, part)
        for one in indicators
        if one.shape is Shape.DAYS
        for term in one.counts.terms
        for way, part in _ways(term)
    )
    return f"""length (indicator, team, month, way, part, days, number) AS ({lengths or _NOTHING}),
wait AS (
    SELECT indicator, 0 AS side, team, month, way, part, NULL::bigint AS value,
           min(days) FILTER (WHERE 2 * up_to >= of_all) AS median,
           min(days) FILTER (WHERE 10 * up_to >= 9 * of_all) AS ninetieth
    FROM (
        SELECT *, sum(number) OVER (line ORDER BY days) AS up_to, sum(number) OVER line AS of_all
        FROM length WINDOW line AS (PARTITION BY indicator, team, month, way, part)
    ) ranked
    WHERE number > 0 AND of_all > 0 GROUP BY indicator, team, month, way, part
)"""


def _ways(term: Term) -> Iterator[tuple[str, str]]:
    yield "", "''"
    for way, part in term.parts.items():
        yield way, f"coalesce(({part})::text, 'not_known')"


def _lengths(indicator: int, term: Term, way: str, part: str) -> str:
    return (
        f"SELECT {indicator}, fact.team, month, '{way}', {part} AS part, ({term.days})::integer AS days, "
        f"sum({term.value}) "
        f"FROM {term.table} fact JOIN due ON due.team = fact.team "
        f"WHERE month BETWEEN :first AND :last AND month >= due.since AND {term.where} GROUP BY 2, 3, 5, 6"
    )


_NOTHING = "SELECT 0, '', NULL::date, '', '', 0, 0 WHERE false"
