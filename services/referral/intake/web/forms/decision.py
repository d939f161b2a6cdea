"""What triage decides on a referral."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from services.referral.intake.commands.accept_referral import AcceptReferral
from services.referral.intake.commands.ask_for_more import AskForMore
from services.referral.intake.commands.close_referral import CloseReferral
from services.referral.intake.commands.prioritise_referral import PrioritiseReferral
from services.referral.intake.commands.reopen_referral import ReopenReferral
from services.referral.intake.commands.supply_missing import SupplyMissing
from services.referral.intake.domain.triage import TargetService, Told
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import Opening
from services.referral.support.web.forms.support_flag import SupportFlag, support_of
from shared.contracts.vocabulary import DeclineReason, Level, TriageOutcome, Urgency
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import (
    Circumstances,
    Identifier,
    Line,
    OneCode,
    SeveralCodes,
    Text,
    Version,
    WrongAnswer,
    YesOrNo,
)

NEW_FAMILY = "new"


@dataclass(frozen=True)
class ChosenFamily:
    """A family on record, and the baby in it whom the referral is about; no baby: a new one."""

    family_id: UUID
    baby_id: UUID | None = None

    @property
    def value(self) -> str:
        """Of the radio button."""
        return f"{self.family_id}.{self.baby_id}" if self.baby_id else str(self.family_id)


@dataclass(frozen=True, kw_only=True)
class KnownFamilyId(Line):
    """A family on record, or None for a new one."""

    wrong: str = "Choose one from the list"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        if text == NEW_FAMILY:
            return None
        family_id, _, baby_id = text.partition(".")
        try:
            return ChosenFamily(UUID(family_id), UUID(baby_id) if baby_id else None)
        except ValueError:
            raise WrongAnswer(self.wrong) from None


class AcceptForm(Form):
    version: Version
    urgency: Annotated[Urgency, OneCode(of=Urgency, missing="Choose how urgent it is")]
    level: Annotated[Level, OneCode(of=Level, missing="Choose a level of support")]
    flags: Annotated[frozenset[SupportFlag], SeveralCodes(of=SupportFlag)]
    mdt_on: Annotated[date | None, DateParts()]
    review_on: Annotated[date, DateParts(missing="Set the date of the first review")]
    family: Annotated[ChosenFamily | None, KnownFamilyId()]
    lead_id: Annotated[UUID | None, Identifier()]
    safe_wait_plan: Annotated[str | None, Text(longest=2000)]
    waiting_well_on: Annotated[date | None, DateParts()]

    @property
    def support(self) -> Support:
        return support_of(self.level, self.flags)

    def to_command(self, referral_id: UUID) -> AcceptReferral:
        opening = Opening(self.support, self.review_on, self.mdt_on)
        return AcceptReferral(
            referral_id,
            self.version,
            self.urgency,
            opening,
            family_id=self.family.family_id if self.family else None,
            baby_id=self.family.baby_id if self.family else None,
            lead_id=self.lead_id,
            safe_wait_plan=self.safe_wait_plan or "",
            waiting_well_on=self.waiting_well_on,
        )


class CloseReferralForm(Form):
    version: Version
    outcome: Annotated[TriageOutcome, OneCode(of=TriageOutcome, missing="Choose how the referral ends")]
    reason: Annotated[DeclineReason, OneCode(of=DeclineReason, missing="Choose a reason")]
    target_service: Annotated[TargetService | None, OneCode(of=TargetService)]
    joins: Annotated[UUID | None, Identifier()]
    explanation: Annotated[str, Text(missing="Write what the referrer and the family will be told")]
    told: Annotated[frozenset[Told], SeveralCodes(of=Told, missing="Choose who was told, or nobody yet")]
    safety_to: Annotated[UUID | None, Identifier()]

    def to_command(self, referral_id: UUID) -> CloseReferral:
        return CloseReferral(
            referral_id,
            self.version,
            self.outcome,
            self.reason,
            self.explanation,
            self.told,
            self.target_service,
            self.joins,
            self.safety_to,
        )


class AskReferrerForm(Form):
    version: Version
    asked_for: Annotated[str, Text(longest=2000, missing="Write what is missing")]
    chase_on: Annotated[date, DateParts(missing="Enter the day on which to ask again")]
    safety_worry: Annotated[bool, YesOrNo(missing="Choose yes if there is a worry about somebody's safety")]

    def to_command(self, referral_id: UUID) -> AskForMore:
        return AskForMore(referral_id, self.version, self.asked_for, self.chase_on, self.safety_worry)


class SupplyForm(Form):
    version: Version
    supplied: Annotated[str, Text(missing="Write what the referrer answered")]

    def to_command(self, referral_id: UUID) -> SupplyMissing:
        return SupplyMissing(referral_id, self.version, self.supplied)


class PriorityForm(Form):
    version: Version
    urgency: Annotated[Urgency, OneCode(of=Urgency, missing="Choose how urgent it is")]

    def to_command(self, referral_id: UUID) -> PrioritiseReferral:
        return PrioritiseReferral(referral_id, self.version, self.urgency)


class ReopenForm(Form):
    version: Version
    reason: Annotated[str, Text(longest=2000, missing="Write why the referral is opened again")]

    def to_command(self, referral_id: UUID) -> ReopenReferral:
        return ReopenReferral(referral_id, self.version, self.reason)
