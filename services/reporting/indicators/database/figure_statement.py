"""The one statement that makes the figures of teams and months from facts, whatever the indicators are.

Each fact table is read once for the facts of the months themselves, once for those of a year, and once for what holds
at a month's end. That gives sums by team, month and part; an indicator picks its own from them. There are figures of
every month from the first on in which its tables hold anything of the team: a month without a fact is 0 then, and
before it there is none, nor after the month in which the team left the region.

Parameters: `teams` and `since`, side by side: the months of that team from then on are made; `first`, the earliest of
them; `last`, the month that goes on; `now`. What came to nothing is deleted, and what is as it was is left alone, so
`reckoned_at` says when a figure changed. It gives how many did.
"""

from collections.abc import Iterator, Sequence

from services.reporting.indicators.database.fact_scan import WHOLE, FactScan
from services.reporting.indicators.database.waits import waits
from services.reporting.indicators.domain.indicator import Indicator, Shape
from services.reporting.indicators.domain.tally import Over, Tally, Term

Pick = tuple[str, int, int, int, int, str]
"""Scan, measure, cut; indicator, side (0 the numerator, 1 the denominator), way."""

_BEFORE = {Over.YEAR: "11", Over.AT_END: "UNBOUNDED"}


class FigureStatement:
    """Of these indicators."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._indicators = indicators
        self._scans: dict[tuple[object, ...], FactScan] = {}
        self._picks: dict[Over, list[Pick]] = {over: [] for over in Over}
        for one in indicators:
            for side, tally in enumerate(one.tallies):
                for term in tally.terms:
                    self._picks[tally.over] += self._pick(one, side, tally, term)

    def _pick(self, one: Indicator, side: int, tally: Tally, term: Term) -> Iterator[Pick]:
        key = (term.table, tally.over, term.by, term.until)
        scan = self._scans.setdefault(key, FactScan(f"scan_{len(self._scans)}", term, tally.over))
        yield scan.name, scan.measure(term), scan.cut(WHOLE), one.number, side, WHOLE
        for way in () if side and one.is_mix else one.ways:
            yield scan.name, scan.measure(term), scan.cut(term.parts[way]), one.number, side, way

    def sql(self) -> str:
        overs = [over for over in Over if self._picks[over]]
        scans = [scan.sql() for scan in self._scans.values()]
        picked = [self._picked(over) for over in overs]
        pieces = [_PIECES[over] for over in overs]
        tables = sorted({table for one in self._indicators for table in _counted_from(one)})
        begun = " UNION ALL ".join(
            f"SELECT '{table}' AS source, team, "
            f"(SELECT min(month) FROM {table} fact WHERE fact.team = due.team) AS month FROM due"
            for table in tables
        )
        common = ",\n".join([*scans, *picked, waits(self._indicators), f"begun AS ({begun})", self._kinds()])
        all_pieces = " UNION ALL ".join([*pieces, _ZEROS, "SELECT * FROM wait"])
        return f"WITH {_DUE},\n{common},\npiece AS ({all_pieces}),\n{_MADE}"

    def _picked(self, over: Over) -> str:
        """What indicators pick from all scans of one span."""
        rows = ", ".join(str(pick) for pick in self._picks[over])
        scans = " UNION ALL ".join(f"SELECT * FROM {scan.name}" for scan in self._scans.values() if scan.over is over)
        return f"""of_{over} AS {"NOT " if over is Over.MONTH else ""}MATERIALIZED (
    SELECT indicator, side, team, month, way, part, value FROM ({scans}) scanned
    JOIN (VALUES {rows}) AS pick (scan, measure, cut, indicator, side, way) USING (scan, measure, cut)
)"""

    def _kinds(self) -> str:
        kinds = ", ".join(
            f"({one.number}, {one.version}, {one.among is not None}, {one.is_mix}, {one.shape is Shape.MEAN})"
            for one in self._indicators
        )
        sources = ", ".join(f"({one.number}, '{table}')" for one in self._indicators for table in _counted_from(one))
        return (
            f"kind (indicator, version, has_denominator, is_mix, is_mean) AS (VALUES {kinds}),\n"
            f"counted_from (indicator, source) AS (VALUES {sources})"
        )


def _counted_from(one: Indicator) -> list[str]:
    """Where a month without a fact is 0. Of what is said once a month it is not: nobody has said it yet."""
    if all(term.by for term in one.counts.terms):
        return []
    return sorted({term.table for tally in one.tallies for term in tally.terms if not term.by})


_DUE = """
due AS (
    SELECT team, since, least(gone.month, CAST(:last AS date)) AS ends
    FROM unnest(CAST(:teams AS text[]), CAST(:since AS date[])) AS due (team, since)
    LEFT JOIN left_team gone USING (team)
),
grid AS (SELECT team, since, generate_series(since, ends, interval '1 month')::date AS month FROM due)"""


def _running(over: Over, back: str) -> str:
    """A sum over months goes on in months in which nothing was added."""
    return f"""
    SELECT indicator, side, team, month, way, part, value, NULL::integer, NULL::integer FROM (
        SELECT indicator, side, team, month, way, part, sum(sum(value)) OVER (
            PARTITION BY indicator, side, team, way, part ORDER BY month
            ROWS BETWEEN {_BEFORE[over]} PRECEDING AND CURRENT ROW
        ) AS value
        FROM (
            SELECT * FROM of_{over} UNION ALL
            SELECT indicator, side, team, generate_series(since{back}, CAST(:last AS date), interval '1 month')::date,
                   way, part, 0
            FROM (SELECT DISTINCT indicator, side, team, way, part FROM of_{over}) line JOIN due USING (team)
        ) each_month
        GROUP BY indicator, side, team, month, way, part
    ) running JOIN due USING (team) WHERE month >= since AND value <> 0"""


_PIECES = {
    Over.MONTH: """
    SELECT indicator, side, team, month, way, part, value, NULL::integer AS median, NULL::integer AS ninetieth
    FROM of_month""",
    Over.YEAR: _running(Over.YEAR, " - interval '11 months'"),
    Over.AT_END: _running(Over.AT_END, ""),
}

_ZEROS = """
    SELECT DISTINCT indicator, 0, team, grid.month, '', '', 0::numeric, NULL::integer, NULL::integer
    FROM counted_from
    JOIN begun USING (source) JOIN grid USING (team) WHERE grid.month >= begun.month"""

_MADE = """
summed AS MATERIALIZED (
    SELECT indicator, team, month, way, part, coalesce(sum(value) FILTER (WHERE side = 0), 0)::bigint AS above,
           coalesce(sum(value) FILTER (WHERE side = 1), 0)::bigint AS below,
           bool_or(side = 0) AS is_known, max(median) AS median, max(ninetieth) AS ninetieth
    FROM piece GROUP BY indicator, team, month, way, part
),
made AS MATERIALIZED (
    SELECT indicator, version, team, month, way, part,
           CASE WHEN is_mean THEN above ELSE greatest(above, 0) END AS numerator,
           CASE WHEN has_denominator THEN greatest(coalesce(whole.below, summed.below), 0) END AS denominator,
           median, ninetieth
    FROM summed JOIN kind USING (indicator) JOIN due USING (team)
    LEFT JOIN (
        SELECT indicator, team, month, below FROM summed JOIN kind USING (indicator) WHERE is_mix AND way = ''
    ) AS whole USING (indicator, team, month)
    WHERE month <= ends AND CASE way WHEN '' THEN is_known AND (NOT has_denominator OR summed.below > 0
                                            OR CASE WHEN is_mean THEN above ELSE greatest(above, 0) END = 0)
               ELSE above <> 0 OR summed.below <> 0 END
),
gone AS (
    DELETE FROM figure USING due
    WHERE figure.team = due.team AND figure.month >= due.since
    AND (indicator, version) IN (SELECT indicator, version FROM kind) AND NOT EXISTS (
        SELECT FROM made WHERE (made.indicator, made.version, made.team, made.month, made.way, made.part)
        = (figure.indicator, figure.version, figure.team, figure.month, figure.way, figure.part)
    ) RETURNING 1
),
other AS (
    SELECT * FROM made EXCEPT
    SELECT indicator, version, figure.team, month, way, part, numerator, denominator, median, ninetieth
    FROM figure JOIN due USING (team) WHERE month >= since
),
changed AS (
    INSERT INTO figure
        (indicator, version, team, month, way, part, numerator, denominator, median, ninetieth, reckoned_at)
    SELECT *, :now FROM other ON CONFLICT (indicator, version, team, month, way, part) DO UPDATE
    SET numerator = excluded.numerator, denominator = excluded.denominator, median = excluded.median,
        ninetieth = excluded.ninetieth, reckoned_at = excluded.reckoned_at
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM changed)"""
