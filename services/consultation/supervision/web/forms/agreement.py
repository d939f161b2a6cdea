"""Agreements of supervision, leave, and the team's rules."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.domain.supervision_given import GroupRule
from services.consultation.supervision.domain.supervision_owed import Stretch
from services.consultation.supervision.domain.supervision_rules import MOST_MINUTES
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Circumstances, Identifier, Line, OneCode, Version, WholeNumber, WrongAnswer, YesOrNo

_SHARE = re.compile(r"[01](?:[.,][0-9]{1,2})?|[.,][0-9]{1,2}")


@dataclass(frozen=True, kw_only=True)
class ShareOfFullTime(Line):
    """`0.6`, `1`; two figures after the point."""

    longest: int = 5
    wrong: str = "Enter the share of full time, from 0.01 to 1, such as 0.6"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        if _SHARE.fullmatch(text) is None or not 0 < Decimal(text.replace(",", ".")) <= 1:
            raise WrongAnswer(self.wrong)
        return Decimal(text.replace(",", "."))


class CorrectAgreementForm(Form):
    version: Version
    experience_from: Annotated[date, DateParts(missing="Enter when their work with babies under two began")]
    share: Annotated[Decimal, ShareOfFullTime(missing="Enter the share of full time, such as 0.6")]
    supervisor: Annotated[UUID | None, Identifier()]
    manager: Annotated[UUID | None, Identifier()]
    from_on: Annotated[date, DateParts(missing="Enter the first day")]
    last_on: Annotated[date | None, DateParts()]

    def terms(self) -> Terms:
        return Terms(self.from_on, self.share, self.supervisor, self.manager, self.last_on)


class AgreementForm(Form):
    supervisee: Annotated[UUID, Identifier(missing="Choose who is supervised")]
    experience_from: Annotated[date, DateParts(missing="Enter when their work with babies under two began")]
    share: Annotated[Decimal, ShareOfFullTime(missing="Enter the share of full time, such as 0.6")]
    supervisor: Annotated[UUID | None, Identifier()]
    manager: Annotated[UUID | None, Identifier()]
    from_on: Annotated[date, DateParts(missing="Enter the first day")]
    last_on: Annotated[date | None, DateParts()]

    def terms(self) -> Terms:
        return Terms(self.from_on, self.share, self.supervisor, self.manager, self.last_on)


class LeaveForm(Form):
    first_on: Annotated[date, DateParts(missing="Enter the first day of leave")]
    last_on: Annotated[date | None, DateParts()]

    @property
    def days(self) -> Stretch:
        return Stretch(self.first_on, self.last_on)


class ChangeLeaveForm(LeaveForm):
    version: Version
    was_withdrawn: Annotated[bool | None, YesOrNo()]


class SupervisionRulesForm(Form):
    new_minutes: Annotated[int, WholeNumber(most=MOST_MINUTES, missing="Enter the minutes in 28 days")]
    experienced_minutes: Annotated[int, WholeNumber(most=MOST_MINUTES, missing="Enter the minutes in 28 days")]
    group_rule: Annotated[GroupRule, OneCode(of=GroupRule, missing="Choose how a group counts")]
    from_on: Annotated[date, DateParts(missing="Enter from when on")]
