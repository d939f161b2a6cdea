"""Forms about letters: who gets one, its words, and when it leaves; and the words of the team's templates."""

from typing import Annotated

from services.referral.letters.domain.letter_facts import Recipient
from shared.contracts.vocabulary import Code
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, SeveralCodes, Text, Version

LONGEST_LETTER = 12_000
"""Characters; about six pages."""


class RecipientForm(Form):
    """A letter to the family: a person's name and address are on record, and never typed."""

    recipient: Annotated[str, Line(missing="Choose who gets the letter")]

    @property
    def addressed(self) -> Recipient | None:
        return None


class ProfessionalForm(Form):
    """A letter to someone who is not of the family."""

    recipient: Annotated[str, Line(missing="Choose who gets the letter")]
    name: Annotated[str | None, Line()]
    address: Annotated[str | None, Text(longest=400)]

    @property
    def addressed(self) -> Recipient | None:
        """None: as on record."""
        return addressed_to(self.name, self.address) if self.name else None


class LetterForm(Form):
    version: Version
    text: Annotated[str, Text(missing="Write the letter", longest=LONGEST_LETTER)]

    @property
    def addressed(self) -> Recipient | None:
        return None


class ProfessionalLetterForm(Form):
    version: Version
    name: Annotated[str, Line(missing="Enter the name of whoever gets the letter")]
    address: Annotated[str | None, Text(longest=400)]
    text: Annotated[str, Text(missing="Write the letter", longest=LONGEST_LETTER)]

    @property
    def addressed(self) -> Recipient | None:
        return addressed_to(self.name, self.address)


class Telling(Code):
    EMAIL = "email", "Email them that a letter is on its way"


class IssueForm(Form):
    version: Version
    telling: Annotated[frozenset[Telling], SeveralCodes(of=Telling)]


class VersionForm(Form):
    version: Version


class TemplateAct(Code):
    STORE = "store", "Save"
    TRY = "try", "Preview"
    GO_BACK = "go_back", "Go back to the original words"


class TemplateForm(Form):
    number: Version
    text: Annotated[str, Text(missing="Write the words of the letter", longest=LONGEST_LETTER)]
    act: Annotated[TemplateAct, OneCode(of=TemplateAct, missing="Press one of the buttons")]


def addressed_to(name: str, address: str | None) -> Recipient:
    lines = (line.strip() for line in (address or "").splitlines())
    return Recipient(name, tuple(line for line in lines if line))
