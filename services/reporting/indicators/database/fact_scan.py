"""One reading of a fact table: everything that indicators sum up of it, by team, month and part, in one pass."""

from dataclasses import dataclass, field

from services.reporting.facts.database import care_tables, referral_tables, teaching_tables
from services.reporting.indicators.database import parameter_tables
from services.reporting.indicators.domain.tally import Over, Term
from services.reporting.metadata import metadata

TABLES = (care_tables, referral_tables, teaching_tables, parameter_tables)
"""They declare what columns there are."""

WHOLE = ""
"""The cut that is none."""


@dataclass
class FactScan:
    """A measure is what is summed; a cut is an expression that says which part a fact is in."""

    name: str
    term: Term
    over: Over
    measures: list[str] = field(default_factory=list[str])
    cuts: list[str] = field(default_factory=lambda: [WHOLE])

    @property
    def holds(self) -> bool:
        """Its facts hold from a month to another, and then no longer."""
        return self.over is Over.AT_END and bool(self.term.by or self.term.until)

    def measure(self, term: Term) -> int:
        value = f"({term.value}) * step" if self.holds else term.value
        return _number(self.measures, f"sum({value}) FILTER (WHERE {term.where})::bigint")

    def cut(self, expression: str) -> int:
        return _number(self.cuts, expression)

    def sql(self) -> str:
        """Rows of (scan, measure, cut, team, month, part, value), and a value is 0 only where it was said to be."""
        numbers = range(1, len(self.cuts))
        sets = ", ".join(["(team, bucket)", *(f"(team, bucket, cut_{number})" for number in numbers)])
        cut = _case([f"WHEN grouping(cut_{number}) = 0 THEN {number}" for number in numbers], "0")
        part = _case(
            [f"WHEN grouping(cut_{number}) = 0 THEN coalesce(cut_{number}, 'not_known')" for number in numbers], "''"
        )
        counted = "value IS NOT NULL" if self.term.by else "value <> 0"
        sums = ", ".join(f"{sql} AS sum_{number}" for number, sql in enumerate(self.measures))
        each = ", ".join(f"({number}, sum_{number})" for number in range(len(self.measures)))
        return f"""{self.name} AS MATERIALIZED (
    SELECT '{self.name}' AS scan, measure, cut, team, bucket AS month, part, value FROM (
        SELECT team, bucket, {cut} AS cut, {part} AS part, {sums} FROM ({self._facts()}) fact
        GROUP BY GROUPING SETS ({sets})
    ) summed CROSS JOIN LATERAL (VALUES {each}) AS each (measure, value) WHERE {counted}
)"""

    def _facts(self) -> str:
        """Those that are alike as one row, with their `number`, and `bucket`, the month for which they count."""
        cuts = "".join(f", ({sql})::text AS cut_{number}" for number, sql in enumerate(self.cuts) if sql)
        return f"SELECT alike.*{cuts} FROM ({self._alike()}) alike"

    def _alike(self) -> str:
        if self.holds:
            changes = f"FROM ({self._held()}) held WHERE changes <= :last"
            return f"SELECT held.*, greatest(changes, since) AS bucket {changes}"
        if self.term.by:
            return f"SELECT last.*, month AS bucket FROM ({self._last()}) last WHERE {self._months}"
        bucket = "greatest(month, since)" if self.over is Over.AT_END else "month"
        told = ", ".join(f"fact.{name}" for name in self._columns if name not in _KEY)
        return (
            f"SELECT fact.team, {bucket} AS bucket{told and ', '}{told}, sum({self._how_many}) AS number "
            f"{self._read(self._months)} GROUP BY fact.team, bucket{told and ', '}{told}"
        )

    def _last(self) -> str:
        """Of what was said more than once, what was said last."""
        months = self._months if "month" in self.term.by else "true"
        last = f"SELECT DISTINCT ON (fact.team, {self.term.by}) fact.*, since, 1 AS number {self._read(months)}"
        return f"{last} ORDER BY fact.team, {self.term.by}, position DESC"

    def _held(self) -> str:
        """Each fact twice: in the month from which it holds, and in that from which it does no longer."""
        next_one = f"lead(month) OVER (PARTITION BY fact.team, {self.term.by} ORDER BY month, position)"
        until = f"SELECT fact.*, since, ({self.term.until or next_one})::date AS until {self._read('month <= :last')}"
        return (
            f"SELECT spell.*, CASE step WHEN 1 THEN month ELSE until END AS changes, step "
            f"FROM ({until}) spell CROSS JOIN (VALUES (1), (-1)) AS change (step)"
        )

    @property
    def _months(self) -> str:
        if self.over is Over.AT_END:
            return "month <= :last"
        back = "" if self.over is Over.MONTH else " - interval '11 months'"
        return f"month BETWEEN CAST(:first AS date){back} AND :last AND month >= since{back}"

    @property
    def _columns(self) -> list[str]:
        return metadata.tables[self.term.table].columns.keys()

    @property
    def _how_many(self) -> str:
        return "number" if "number" in self._columns else "1"

    def _read(self, months: str) -> str:
        return f"FROM {self.term.table} fact JOIN due ON due.team = fact.team WHERE {months}"


_KEY = {"stream", "position", "team", "month", "number"}


def _number(these: list[str], one: str) -> int:
    """Its place, the last when it is new."""
    if one not in these:
        these.append(one)
    return these.index(one)


def _case(cases: list[str], otherwise: str) -> str:
    return f"CASE {' '.join(cases)} ELSE {otherwise} END" if cases else otherwise
