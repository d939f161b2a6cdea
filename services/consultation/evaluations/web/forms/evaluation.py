"""What whoever asked says of a consultation."""

from typing import Annotated

from services.consultation.evaluations.domain.evaluation import MOST, Answers
from shared.web.forms import Form
from shared.web.questions import WholeNumber


class EvaluationForm(Form):
    useful: Annotated[int, WholeNumber(most=MOST, missing="Choose how useful it was")]
    before: Annotated[int, WholeNumber(most=MOST, missing="Choose how confident you were before")]
    now: Annotated[int, WholeNumber(most=MOST, missing="Choose how confident you are now")]

    @property
    def answers(self) -> Answers:
        return Answers(self.useful, self.before, self.now)
