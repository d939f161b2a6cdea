"""A date from three inputs, `<field>-day`, `<field>-month` and `<field>-year`."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.kernel.calendar import EARLIEST, LATEST
from shared.kernel.figures import plain_figures
from shared.kernel.written_day import LONGEST, MAY_COME, month_named, whole_year, written_day
from shared.web.form_body import Fields
from shared.web.questions import Circumstances, Question, WrongAnswer, single

_PARTS = ("day", "month", "year")
_NUMBER = re.compile(r"[0-9]{1,4}")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class DateParts(Question):
    """A calendar date; the month may be a number or its English name, and a whole date may be pasted into one input."""

    incomplete: str = "Enter the {part} too"
    not_numbers: str = "Enter the date as numbers, for example 27 3 2026"
    not_a_date: str = "Enter a date that exists, day first, for example 27 3 2026"
    future: str = ""
    """The sentence when the date is after today; empty: it may be."""

    def inputs(self, field: str) -> tuple[str, ...]:
        return tuple(f"{field}-{part}" for part in _PARTS)

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:
        given = {part: self._part(part, single(posted.get(f"{field}-{part}", []))) for part in _PARTS}
        if not any(given.values()):
            return self.left_out()
        day = self._pasted(given, circumstances.today) or self._date(self._numbers(given, circumstances.today))
        if self.future and day > circumstances.today:
            raise WrongAnswer(self.future)
        return day

    def _part(self, part: str, text: str) -> str:
        text = " ".join(text.split())
        if len(text) > LONGEST:
            raise WrongAnswer(self.not_numbers, part)
        return plain_figures(text).strip(" .,/-")

    @property
    def _ahead(self) -> int:
        """Years after today that two digits can mean."""
        return 1 if self.future else MAY_COME

    def _pasted(self, given: dict[str, str], today: date) -> date | None:
        """A whole date in one of the inputs."""
        answers = [text for text in given.values() if text]
        return written_day(answers[0], today, ahead=self._ahead) if len(answers) == 1 else None

    def _numbers(self, given: dict[str, str], today: date) -> dict[str, int]:
        month = month_named(given["month"])
        texts = {**given, "day": _ORDINAL.sub("", given["day"]), "month": str(month) if month else given["month"]}
        for part, text in texts.items():
            if not text:
                raise WrongAnswer(self.incomplete.format(part=part), part)
            if _NUMBER.fullmatch(text) is None:
                raise WrongAnswer(self.not_numbers, part)
        return {
            name: whole_year(text, today, self._ahead) if name == "year" else int(text) for name, text in texts.items()
        }

    def _date(self, given: dict[str, int]) -> date:
        if not EARLIEST.year <= given["year"] <= LATEST.year:
            raise WrongAnswer(self.not_a_date, "year")
        try:
            return date(given["year"], given["month"], given["day"])
        except ValueError:
            raise WrongAnswer(self.not_a_date) from None
