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
from services.referral.support.domain.tier import Opening
from services.referral.support.web.forms.support_flag import SupportFlag, support_of
from shared.contracts.vocabulary import Code, DeclineReason, Level, TriageOutcome, Urgency
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
from shared.web.when import When

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


class Decision(Code):
    """What triage can do with a referral."""

    ACCEPT = "accept", "Accept"
    ASK = "ask", "Ask for more"
    JOIN = "join", "Join to an open family"
    ELSEWHERE = "elsewhere", "Elsewhere"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


_ACCEPT, _ASK = When("decision", Decision.ACCEPT), When("decision", Decision.ASK)
_ENDS = When("decision", Decision.JOIN, Decision.ELSEWHERE, Decision.NOT_ACCEPTED)
_DECIDES = When("decision", *(one for one in Decision if one is not Decision.ASK))
_REASONED = When("decision", Decision.ELSEWHERE, Decision.NOT_ACCEPTED)
_REFUSED = When("decision", Decision.NOT_ACCEPTED)


class DecisionForm(Form):
    """The choice decides what else is asked."""

    version: Version
    decision: Annotated[Decision, OneCode(of=Decision, missing="Choose what you decide")]
    urgency: Annotated[Urgency | None, OneCode(of=Urgency, missing="Choose how urgent it is", applies=_ACCEPT)]
    level: Annotated[Level | None, OneCode(of=Level, missing="Choose a level of support", applies=_ACCEPT)]
    mdt_on: Annotated[date | None, DateParts(applies=When("level", Level.SPECIALIST))]
    flags: Annotated[frozenset[SupportFlag], SeveralCodes(of=SupportFlag, applies=_ACCEPT)]
    review_on: Annotated[date | None, DateParts(missing="Set the date of the first review", applies=_ACCEPT)]
    family: Annotated[ChosenFamily | None, KnownFamilyId(applies=_ACCEPT)]
    lead_id: Annotated[UUID | None, Identifier(applies=_ACCEPT)]
    safe_wait_plan: Annotated[str | None, Text(longest=2000, applies=_ACCEPT)]
    waiting_well_on: Annotated[date | None, DateParts(applies=_ACCEPT)]
    asked_for: Annotated[str | None, Text(longest=2000, missing="Write what is missing", applies=_ASK)]
    chase_on: Annotated[date | None, DateParts(missing="Enter the day on which to ask again", applies=_ASK)]
    safety_worry: Annotated[
        bool | None, YesOrNo(missing="Choose yes if there is a worry about someone's safety", applies=_ASK)
    ]
    joins: Annotated[
        UUID | None,
        Identifier(missing="Choose the family that it is joined to", applies=When("decision", Decision.JOIN)),
    ]
    target_service: Annotated[
        TargetService | None,
        OneCode(
            of=TargetService,
            missing="Choose the service that fits better",
            applies=When("decision", Decision.ELSEWHERE),
        ),
    ]
    outcome: Annotated[
        TriageOutcome | None, OneCode(of=TriageOutcome, missing="Choose how the referral ends", applies=_REFUSED)
    ]
    reason: Annotated[DeclineReason | None, OneCode(of=DeclineReason, missing="Choose a reason", applies=_REASONED)]
    explanation: Annotated[
        str | None, Text(missing="Write what the referrer and the family will be told", applies=_ENDS)
    ]
    told: Annotated[frozenset[Told], SeveralCodes(of=Told, missing="Choose who was told, or nobody yet", applies=_ENDS)]
    safety_to: Annotated[UUID | None, Identifier(applies=_DECIDES)]

    def acceptance(self, referral_id: UUID) -> AcceptReferral:
        assert self.urgency and self.level and self.review_on  # noqa: S101, PT018 - they apply
        opening = Opening(support_of(self.level, self.flags), self.review_on, self.mdt_on)
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
            safety_to=self.safety_to,
        )

    def question(self, referral_id: UUID) -> AskForMore:
        assert self.asked_for and self.chase_on and self.safety_worry is not None  # noqa: S101, PT018 - they apply
        return AskForMore(referral_id, self.version, self.asked_for, self.chase_on, self.safety_worry)

    def closure(self, referral_id: UUID) -> CloseReferral:
        ends = {Decision.JOIN: TriageOutcome.JOINED, Decision.ELSEWHERE: TriageOutcome.SIGNPOSTED}
        outcome = self.outcome or ends[self.decision]
        return CloseReferral(
            referral_id,
            self.version,
            outcome,
            self.reason or DeclineReason.ALREADY_OPEN,
            self.explanation or "",
            self.told,
            self.target_service,
            self.joins,
            self.safety_to,
        )


class AskReferrerForm(Form):
    version: Version
    asked_for: Annotated[str, Text(longest=2000, missing="Write what is missing")]
    chase_on: Annotated[date, DateParts(missing="Enter the day on which to ask again")]
    safety_worry: Annotated[bool, YesOrNo(missing="Choose yes if there is a worry about someone's safety")]

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
