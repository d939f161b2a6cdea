"""What is asked of whoever sets a target."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Circumstances, Line, WrongAnswer


@dataclass(frozen=True, kw_only=True)
class Amount(Line):
    """In the unit of a figure, to one decimal place; a sign of per cent behind it is no mistake."""

    longest: int = 12
    wrong: str = "Enter a number in figures, such as 80 or 2.5"
    is_figures: bool = True

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        number = text.removesuffix("%").strip()
        if re.fullmatch(r"[0-9]{1,6}(\.[0-9])?", number) is None:
            raise WrongAnswer(self.wrong)
        return Decimal(number)


class TargetForm(Form):
    value: Annotated[Decimal, Amount(missing="Enter the target")]
    holds_from: Annotated[date, DateParts(missing="Enter the day from which it holds")]
    source: Annotated[str, Line(longest=200, missing="Say who set it, and where it is written")]
