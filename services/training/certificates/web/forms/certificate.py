"""The forms about certificates: withdrawing one, waiving the questions, and checking one as a stranger."""

from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Line, Text, Version


class WithdrawCompletionForm(Form):
    version: Version
    why: Annotated[str, Text(longest=500, missing="Write why")]


class WaiveForm(Form):
    why: Annotated[str, Text(longest=500, missing="Write why")]


class ReissueForm(Form):
    """A button that does one thing."""


class CheckForm(Form):
    code: Annotated[str, Line(longest=60, missing="Enter the code")]
    family_name: Annotated[str, Line(longest=60, missing="Enter the surname")]
