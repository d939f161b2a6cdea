"""An organisation, and how many work there."""

from datetime import date
from typing import Annotated

from services.training.workforce.commands.enter_headcount import MOST_PEOPLE
from services.training.workforce.domain.organisation import LONGEST_ORGANISATION
from shared.contracts.consultation_codes import Profession
from shared.contracts.slug import LONGEST_SLUG
from shared.contracts.vocabulary import SourceGroup
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, Version, WholeNumber


class OrganisationForm(Form):
    name: Annotated[str, Line(longest=LONGEST_ORGANISATION, missing="Enter the organisation’s name")]
    sector: Annotated[SourceGroup, OneCode(of=SourceGroup, missing="Choose what kind of organisation it is")]
    home_team: Annotated[str | None, Line(longest=LONGEST_SLUG)]


class CloseForm(Form):
    version: Version


class HeadcountForm(Form):
    profession: Annotated[Profession, OneCode(of=Profession, missing="Choose the profession")]
    people: Annotated[int, WholeNumber(most=MOST_PEOPLE, missing="Enter how many work there")]
    as_of: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
