"""What somebody asks of a colleague who may do it."""

from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Text


class AskColleagueForm(Form):
    words: Annotated[str, Text(missing="Write what you need, and why", longest=2000)]
