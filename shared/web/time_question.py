"""A time of the day, as people write it: `14:30`, `2.30pm`, `9am`."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from shared.web.questions import Circumstances, Line, WrongAnswer

_TIME = re.compile(r"([0-9]{1,2})(?:[:. ]?([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)
_NOON = 12


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Line):
    """On the clock on the wall; whether that day has it is the domain's business."""

    longest: int = 20
    wrong: str = "Enter a time, for example 9:30am or 14:30"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        found = _TIME.fullmatch(text)
        if found is None or (found[2] is None and found[3] is None):
            raise WrongAnswer(self.wrong)
        try:
            return time(_hour(int(found[1]), (found[3] or "").lower()), int(found[2] or 0))
        except ValueError:
            raise WrongAnswer(self.wrong) from None


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError
    return hour % _NOON + (_NOON if half == "pm" else 0)
