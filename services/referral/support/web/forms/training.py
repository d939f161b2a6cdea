"""The page on which the team lead puts a training on record."""

from datetime import date
from typing import Annotated

from services.referral.support.domain.intervention import Course, HeldTraining
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import OneCode


class TrainingForm(Form):
    course: Annotated[Course, OneCode(of=Course, missing="Choose the training")]
    held_from: Annotated[
        date,
        DateParts(missing="Enter the day on which they completed it", future="The date must be today or in the past"),
    ]
    until_on: Annotated[date | None, DateParts()]

    @property
    def held(self) -> HeldTraining:
        return HeldTraining(self.course, self.held_from, self.until_on)
