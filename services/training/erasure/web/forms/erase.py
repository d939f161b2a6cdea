"""Erasing a person."""

from typing import Annotated

from services.training.workforce.domain.person import ErasedWhy
from shared.web.forms import Form
from shared.web.questions import OneCode, Version


class EraseForm(Form):
    version: Version
    why: Annotated[ErasedWhy, OneCode(of=ErasedWhy, missing="Choose why")]
