"""What is asked of a team's figures of a month: whether the team stands by them."""

from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Text


class NotReadyForm(Form):
    why: Annotated[str, Text(longest=500, missing="Write what is missing")]


class ReadyForm(Form):
    """A button that does one thing."""
