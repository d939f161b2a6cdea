"""An organisation whose people may ask."""

from typing import Annotated

from services.consultation.organisations.domain.organisation import LONGEST_NAME
from shared.contracts.vocabulary import SourceGroup
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, WholeNumber


class OrganisationForm(Form):
    name: Annotated[str, Line(longest=LONGEST_NAME, missing="Enter the organisation’s name")]
    sector: Annotated[SourceGroup, OneCode(of=SourceGroup, missing="Choose what kind of organisation it is")]


class CloseForm(Form):
    version: Annotated[int, WholeNumber(least=0, most=1_000_000, missing="Open this page again", is_hidden=True)]
