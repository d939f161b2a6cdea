"""What triage decides on a referral."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.commands.accept_referral import AcceptReferral
from services.referral.commands.close_referral import CloseReferral
from services.referral.domain.tier import Opening, Support
from services.referral.web.forms.support_flag import SupportFlag, support_of
from shared.contracts.vocabulary import DeclineReason, Level, TriageOutcome, Urgency
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import OneCode, SeveralCodes, Text, WholeNumber


class AcceptForm(Form):
    version: Annotated[int, WholeNumber(missing="Reload the page and decide again")]
    urgency: Annotated[Urgency, OneCode(of=Urgency, missing="Choose how urgent it is")]
    level: Annotated[Level, OneCode(of=Level, missing="Choose a level of support")]
    flags: Annotated[frozenset[SupportFlag], SeveralCodes(of=SupportFlag)]
    mdt_on: Annotated[date | None, DateParts()]
    review_on: Annotated[date, DateParts(missing="Set the date of the first review")]

    @property
    def support(self) -> Support:
        return support_of(self.level, self.flags)

    def to_command(self, referral_id: UUID) -> AcceptReferral:
        opening = Opening(self.support, self.review_on, self.mdt_on)
        return AcceptReferral(referral_id, self.version, self.urgency, opening)


class CloseForm(Form):
    version: Annotated[int, WholeNumber(missing="Reload the page and decide again")]
    outcome: Annotated[TriageOutcome, OneCode(of=TriageOutcome, missing="Choose how the referral ends")]
    reason: Annotated[DeclineReason, OneCode(of=DeclineReason, missing="Choose a reason")]
    explanation: Annotated[str, Text(missing="Write what the referrer and the family will be told")]

    def to_command(self, referral_id: UUID) -> CloseReferral:
        return CloseReferral(referral_id, self.version, self.outcome, self.reason, self.explanation)
