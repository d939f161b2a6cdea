"""What is asked of whoever agrees, hands over or closes an action."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.reporting.dashboard.domain.action import ActionKind
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, OneCode, Text, Version


class ActionForm(Form):
    kind: Annotated[ActionKind, OneCode(of=ActionKind, missing="Choose what it is")]
    words: Annotated[str, Text(missing="Write what is to be done or answered", longest=400)]
    owned_by: Annotated[UUID, Identifier(missing="Choose who owns it")]
    due_on: Annotated[date, DateParts(missing="Enter the day by which it is due")]


class HandOverForm(Form):
    version: Version
    owned_by: Annotated[UUID, Identifier(missing="Choose who owns it")]
    due_on: Annotated[date, DateParts(missing="Enter the day by which it is due")]


class CloseActionForm(Form):
    version: Version
    outcome: Annotated[str, Text(missing="Write what came of it, or the answer", longest=400)]
