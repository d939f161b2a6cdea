"""The five questions, once or looking back too."""

from typing import Annotated, Any

from pydantic import create_model

from services.training.confidence.domain.confidence import LEAST, MOST
from services.training.confidence.domain.questionnaire import Stem
from shared.web.forms import Form
from shared.web.questions import Text, WholeNumber

THEN = "then_"


class QuestionsForm(Form):
    """Without the stems, which `QUESTIONS` has."""

    words: Annotated[str | None, Text(longest=2000)]

    @property
    def points(self) -> tuple[int, ...]:
        return tuple(getattr(self, stem.value) for stem in Stem)

    @property
    def then(self) -> tuple[int, ...] | None:
        """None: they did not look back, or not at all five."""
        asked: list[int | None] = [getattr(self, f"{THEN}{stem.value}", None) for stem in Stem]
        given = tuple(one for one in asked if one is not None)
        return given if len(given) == len(asked) else None


def _stems(prefix: str, **more: Any) -> dict[str, Any]:
    return {
        f"{prefix}{stem.value}": (Annotated[int | None, WholeNumber(least=LEAST, most=MOST, **more)], ...)
        for stem in Stem
    }


_NOW = _stems("", missing="Choose a number from 0 to 10")
QUESTIONS = create_model("QuestionsOnceForm", __base__=QuestionsForm, **_NOW)
QUESTIONS_AND_BACK = create_model("QuestionsAndBackForm", __base__=QuestionsForm, **_NOW, **_stems(THEN))
