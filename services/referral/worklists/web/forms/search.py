"""A search for a person or a referral."""

from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Line


class SearchForm(Form):
    text: Annotated[str, Line(missing="Enter an NHS number, a reference or a name")]
