"""What is asked of whoever says something of a figure's month."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from shared.web.forms import Form
from shared.web.questions import Circumstances, Line, Text, WrongAnswer


@dataclass(frozen=True, kw_only=True)
class Month(Line):
    """One of a list, as `2026-03`; gives its first day."""

    wrong: str = "Choose a month from the list"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError:
            raise WrongAnswer(self.wrong) from None


class ChartNoteForm(Form):
    month: Annotated[date, Month(missing="Choose the month")]
    words: Annotated[str, Text(missing="Write what happened", longest=400)]


class RecalculationForm(Form):
    month: Annotated[date, Month(missing="Choose the month from which the figure is another")]
    reason: Annotated[str, Text(missing="Write what changed, and how you know", longest=400)]
