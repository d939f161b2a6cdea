"""A time of the day, as people write it: `10`, `10.30`, `1030`, `2pm`, `14:30`; what could be night or day is asked."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from shared.web.questions import Circumstances, Line, WrongAnswer

_TIME = re.compile(r"([0-9]{1,2})(?:[:. ]?([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)
_NOON = 12
_EARLIEST_HOUR = 7
"""An hour before it, without am or pm, may be meant for the afternoon."""


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Line):
    """On the clock on the wall; whether that day has it is the domain's business."""

    longest: int = 20
    wrong: str = "Enter a time, like 10, 10.30 or 2pm"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        found = _TIME.fullmatch(text)
        if found is None:
            raise WrongAnswer(self.wrong)
        try:
            at = time(_hour(int(found[1]), (found[3] or "").lower()), int(found[2] or 0))
        except ValueError:
            raise WrongAnswer(self.wrong) from None
        if not found[3] and len(found[1]) == 1 and 0 < at.hour < _EARLIEST_HOUR:
            said = f"{found[1]}.{found[2]}" if found[2] else found[1]
            raise WrongAnswer(f"Is that morning or afternoon? Enter {said}am or {said}pm")
        return at


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError
    return hour % _NOON + (_NOON if half == "pm" else 0)
