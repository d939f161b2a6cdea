"""A date from three inputs, `<field>-day`, `<field>-month` and `<field>-year`."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.kernel.calendar import EARLIEST, LATEST
from shared.web.form_body import Fields
from shared.web.questions import Circumstances, Question, WrongAnswer, single

_PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, kw_only=True)
class DateParts(Question):
    """A calendar date; the month may be a number or its English name."""

    incomplete: str = "Enter the {part} too"
    not_numbers: str = "Enter the date as numbers, for example 27 3 2026"
    not_a_date: str = "Enter a date that exists, day first, for example 27 3 2026"
    future: str = ""
    """The sentence when the date is after today; empty: it may be."""

    def inputs(self, field: str) -> tuple[str, ...]:
        return tuple(f"{field}-{part}" for part in _PARTS)

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:
        given = {part: single(posted.get(f"{field}-{part}", [])).strip() for part in _PARTS}
        if not any(given.values()):
            return self.left_out()
        given["month"] = _month_number(given["month"])
        for part, text in given.items():
            if not text:
                raise WrongAnswer(self.incomplete.format(part=part), part)
            if _NUMBER.fullmatch(text) is None:
                raise WrongAnswer(self.not_numbers, part)
        day = self._date(given)
        if self.future and day > circumstances.today:
            raise WrongAnswer(self.future)
        return day

    def _date(self, given: dict[str, str]) -> date:
        day, month, year = (int(given[part]) for part in _PARTS)
        if not EARLIEST.year <= year <= LATEST.year:
            raise WrongAnswer(self.not_a_date, "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise WrongAnswer(self.not_a_date) from None


def _month_number(text: str) -> str:
    """`March` or `mar` → 3; anything else as it is."""
    name = text[:3].lower()
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else text
