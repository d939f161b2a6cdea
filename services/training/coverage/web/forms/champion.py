"""What a champion did."""

from datetime import date
from typing import Annotated

from shared.contracts.training_codes import ChampionWork
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import OneCode, WholeNumber


class ChampionActivityForm(Form):
    kind: Annotated[ChampionWork, OneCode(of=ChampionWork, missing="Choose what they did")]
    done_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    people: Annotated[int | None, WholeNumber(most=1000)]
