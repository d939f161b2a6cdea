"""Joining two records of one person, and parting them again."""

from typing import Annotated
from uuid import UUID

from shared.web.forms import Form
from shared.web.questions import Identifier, Line, Text


class JoinForm(Form):
    other: Annotated[UUID | None, Identifier()]
    other_known_by: Annotated[str | None, Line()]
    why: Annotated[str, Text(longest=2000, missing="Write how you know that it is the same person")]
