"""The forms of supervised cases and of accreditations. None of a case asks for words: no family can be named in it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.training.accreditation.domain.supervised_case import CameBackWhy, CaseSpan
from shared.contracts.vocabulary import Code
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, OneCode, Text, Version


class CaseVerdict(Code):
    """What a supervisor says of a case; what comes back has its reason."""

    SIGN = "sign", "Sign it off"
    NOT_READY = CameBackWhy.NOT_READY.value, f"Send it back. {CameBackWhy.NOT_READY.label}"
    DATES = CameBackWhy.DATES.value, f"Send it back. {CameBackWhy.DATES.label}"
    NOT_MINE = CameBackWhy.NOT_MINE.value, f"Send it back. {CameBackWhy.NOT_MINE.label}"


class CaseForm(Form):
    from_on: Annotated[date, DateParts(missing="Enter the first day of work with the case")]
    last_on: Annotated[date, DateParts(missing="Enter the last day of work with the case")]
    supervisor: Annotated[UUID, Identifier(missing="Choose who supervised it")]

    @property
    def span(self) -> CaseSpan:
        return CaseSpan(self.from_on, self.last_on)


class ChangeCaseForm(CaseForm):
    version: Version


class RemoveCaseForm(Form):
    version: Version


class AnswerCaseForm(Form):
    version: Version
    verdict: Annotated[CaseVerdict, OneCode(of=CaseVerdict, missing="Say whether you sign it off")]

    @property
    def comes_back(self) -> CameBackWhy | None:
        return None if self.verdict is CaseVerdict.SIGN else CameBackWhy(self.verdict.value)


class GrantForm(Form):
    """A button that does one thing."""


class WithdrawAccreditationForm(Form):
    version: Version
    why: Annotated[str, Text(longest=500, missing="Write why")]
