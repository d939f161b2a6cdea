"""Rows of our own in the form of a national data set: one canonical row, and a mapping that is configuration.

What is sent is a staging file. Whether it conforms with the current specification is tested by whoever submits it.
Source: reference 7.5.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.kernel.calendar import day_of
from shared.kernel.errors import RuleBroken

CanonicalRow = Mapping[str, object]
"""Our names for the parts of one row, e.g. `born_on`; a mapper gives them those of a data set."""


@dataclass(frozen=True)
class CodeList:
    """What our codes are in the data set."""

    name: str
    codes: Mapping[str, str]
    is_verified: bool


@dataclass(frozen=True)
class ExtractColumn:
    name: str
    """Of the data set."""
    part: str
    """Of the canonical row."""
    codes: CodeList | None
    is_required: bool
    is_verified: bool
    """The reference names it; otherwise it must be checked against the specification."""


@dataclass(frozen=True)
class ExtractTable:
    name: str
    columns: tuple[ExtractColumn, ...]


@dataclass(frozen=True)
class DataSet:
    """All tables of one data set, and where the mapping is from."""

    name: str
    source: str
    tables: tuple[ExtractTable, ...]


@dataclass
class Report:
    """What was written, and what is missing or has no code."""

    rows: Counter[str] = field(default_factory=Counter[str])
    """Table → rows."""
    missing: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """Table and column that must have a value → rows without."""
    without_code: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """Table and column → rows whose value has no code in the mapping."""

    def mapped(self, table: ExtractTable, row: CanonicalRow) -> list[str]:
        """The row as the data set has it; what is wrong with it is counted."""
        self.rows[table.name] += 1
        return [self._cell(table, column, row.get(column.part)) for column in table.columns]

    def lines(self, tables: Sequence[ExtractTable]) -> list[tuple[str, str, str, int]]:
        """Table, column, what about it, and how many; every table has a line."""
        lines: list[tuple[str, str, str, int]] = []
        for table in tables:
            lines.append((table.name, "", "Rows", self.rows[table.name]))
            lines += [
                (*place, "Value missing", number) for place, number in self.missing.items() if place[0] == table.name
            ]
            lines += [
                (*place, "No code in the mapping", number)
                for place, number in self.without_code.items()
                if place[0] == table.name
            ]
        return lines

    def _cell(self, table: ExtractTable, column: ExtractColumn, value: object) -> str:
        words = _words(value)
        if words and column.codes is not None:
            code = column.codes.codes.get(words, "")
            if not code:
                self.without_code[table.name, column.name] += 1
            return code
        if not words and column.is_required:
            self.missing[table.name, column.name] += 1
        return words


def check_team_type(team_type: str) -> None:
    """Raises RuleBroken when nobody said what kind of team this is: there is no code for a parent-infant team."""
    if not team_type:
        raise RuleBroken(
            "extract_team_type",
            "Set PAIRS_MHSDS_TEAM_TYPE to the team type code that your data lead agreed. No code stands for a "
            "parent-infant team, so there is no default.",
        )


def month_of(words: str) -> date:
    """The first day of `2026-02`. Raises RuleBroken when it is no month."""
    try:
        return day_of(f"{words}-01")
    except ValueError:
        raise RuleBroken("extract_month", "Enter a month like 2026-02.", field="month") from None


def _words(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
