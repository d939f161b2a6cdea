"""Withdrawing a consultation, and linking one with no names to a family."""

from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Line, Text, WholeNumber


class WithdrawForm(Form):
    version: Annotated[int, WholeNumber(least=0, most=1_000_000, missing="Open this page again", is_hidden=True)]
    why: Annotated[str, Text(longest=2000, missing="Write why it is withdrawn")]


class IdentifyForm(Form):
    version: Annotated[int, WholeNumber(least=0, most=1_000_000, missing="Open this page again", is_hidden=True)]
    family: Annotated[str, Line(longest=30, missing="Enter the family’s reference, like BLA-2026-000110")]
    why: Annotated[str, Text(longest=2000, missing="Write why you link it to this family")]
