"""A day in one input, as people type it: `tomorrow`, `mon`, `3/12`, `3 dec`."""

from dataclasses import dataclass
from typing import Any

from shared.kernel.typed_day import UnclearDay, typed_day
from shared.web.questions import Circumstances, Line, WrongAnswer


@dataclass(frozen=True, kw_only=True)
class TypedDay(Line):
    """What could be two days is asked for again."""

    longest: int = 40
    wrong: str = "Enter a day, like tomorrow, mon, 3/12 or 3 dec"

    def understand(self, text: str, circumstances: Circumstances) -> Any:
        try:
            return typed_day(text, circumstances.today)
        except UnclearDay as unclear:
            raise WrongAnswer(str(unclear) or self.wrong) from None
