"""One number of a team's area."""

from datetime import date
from typing import Annotated

from services.reporting.indicators.domain.parameter import LONGEST_SOURCE, MOST
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Line, WholeNumber


class AreaValueForm(Form):
    value: Annotated[int, WholeNumber(least=1, most=MOST, missing="Enter the number")]
    holds_from: Annotated[date, DateParts(missing="Enter the day from which it holds")]
    source: Annotated[str, Line(longest=LONGEST_SOURCE, missing="Say where it is from, with the year")]
