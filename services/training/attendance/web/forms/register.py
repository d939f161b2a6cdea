"""The forms of the register: a tap, what is under More, somebody else who is here, and closing it."""

from typing import Annotated

from services.training.attendance.database.registers import Mark
from services.training.places.domain.asker import Asker
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import Code
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, WholeNumber


class Tap(Code):
    HERE = "here", "Here"
    AWAY = "away", "Sent apologies"
    UNDO = "undo", "Undo"


class MarkForm(Form):
    tap: Annotated[Tap, OneCode(of=Tap, missing="Press one of the buttons")]
    late: Annotated[int | None, WholeNumber(most=720)]
    early: Annotated[int | None, WholeNumber(most=720)]

    def to_mark(self) -> Mark | None:
        if self.tap is Tap.UNDO:
            return None
        return Mark(self.tap is Tap.HERE, self.late or 0, self.early or 0)


class WalkInForm(Form):
    name: Annotated[str, Line(longest=120, missing="Enter their name")]
    workplace: Annotated[str, Line(longest=100, missing="Enter where they work")]
    profession: Annotated[Profession, OneCode(of=Profession, missing="Choose their job")]

    def to_asker(self) -> Asker:
        """The last word is the surname; without a second one, it stands for both."""
        given, _, family = self.name.rpartition(" ")
        return Asker(given or family, family, "", self.workplace, self.profession)


class CloseRegisterForm(Form):
    minutes: Annotated[int, WholeNumber(least=1, most=720, missing="Enter how many minutes were held")]
