"""Pages of a review, a pause, a hand-over and a discharge."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.staff.web.forms.settling import SettlingForm
from services.referral.support.domain.ending import DEATHS, DischargeDetails, HandOverDetails
from services.referral.support.domain.review import Review
from services.referral.support.web.forms.understanding import INFANT_VOICE, PAST
from shared.contracts.pathway_codes import EpisodeEnding, MissingMeasure, PauseReason
from shared.contracts.vocabulary import Code, FamilyAgreement
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, Text, Version
from shared.web.when import When

LIVING = When("ending", *(one for one in EpisodeEnding if one not in DEATHS))
PLANNED = When("ending", *(one for one in EpisodeEnding if one not in {*DEATHS, EpisodeEnding.DISENGAGED}))
STOPPED = When("ending", EpisodeEnding.DISENGAGED)


class LossEnding(Code):
    """After a death nothing else is asked."""

    BABY_DIED = EpisodeEnding.BABY_DIED.value, EpisodeEnding.BABY_DIED.label
    CARER_DIED = EpisodeEnding.CARER_DIED.value, EpisodeEnding.CARER_DIED.label


class HoldReviewForm(Form):
    version: Version
    held_on: Annotated[date, DateParts(missing="Enter the day of the review", future=PAST)]
    infant_voice: Annotated[str, Text(longest=10_000, missing=INFANT_VOICE)]
    family_view: Annotated[str, Text(longest=10_000, missing="Write what the parents or carers think")]
    decision: Annotated[str, Text(longest=10_000, missing="Write how it goes on")]
    next_review_on: Annotated[date, DateParts(missing="Set the date of the next review")]

    def review(self, review_id: UUID, episode_id: UUID) -> Review:
        return same_fields(Review, self, id=review_id, episode_id=episode_id)


class PauseForm(Form):
    reason: Annotated[PauseReason, OneCode(of=PauseReason, missing="Choose why the work is paused")]
    paused_on: Annotated[date, DateParts(missing="Enter the day", future=PAST)]
    note: Annotated[str | None, Text(longest=2000)]


class ResumeForm(Form):
    resumed_on: Annotated[date, DateParts(missing="Enter the day", future=PAST)]


class LeadForm(Form):
    lead_id: Annotated[UUID, Identifier(missing="Change lead practitioner")]


class HandOverForm(Form):
    version: Version
    planned_for: Annotated[date, DateParts(missing="Enter the day on which the other service takes over")]
    service: Annotated[str, Line(missing="Write which service takes over")]
    needs_to_know: Annotated[str, Text(longest=10_000, missing="Write what the next service needs to know")]
    family_view: Annotated[str | None, Text(longest=5000)]

    @property
    def details(self) -> HandOverDetails:
        return same_fields(HandOverDetails, self)


class EndedByLossForm(SettlingForm):
    version: Version
    ended_on: Annotated[date, DateParts(missing="Enter the day", future=PAST)]
    ending: Annotated[LossEnding, OneCode(of=LossEnding, missing="Choose what happened")]

    @property
    def told(self) -> FamilyAgreement:
        """Nobody is asked whether they agree."""
        return FamilyAgreement.NOT_YET_TOLD

    @property
    def details(self) -> DischargeDetails:
        return DischargeDetails(self.ended_on, EpisodeEnding(self.ending.value))


class DischargeForm(SettlingForm):
    """An ending after a death needs nothing else."""

    version: Version
    ended_on: Annotated[date, DateParts(missing="Enter the day on which the work ended", future=PAST)]
    ending: Annotated[EpisodeEnding, OneCode(of=EpisodeEnding, missing="Choose how the work ended")]
    family_agreement: Annotated[
        FamilyAgreement | None,
        OneCode(of=FamilyAgreement, missing="Choose whether the family was told", applies=LIVING),
    ]
    what_changed: Annotated[
        str | None, Text(longest=10_000, missing="Write what has changed for the family", applies=PLANNED)
    ]
    infant_voice: Annotated[str | None, Text(longest=10_000, missing="Write what the baby shows now", applies=PLANNED)]
    family_was_tried: Annotated[
        str | None, Text(longest=5000, missing="Write how you tried to reach the family", applies=STOPPED)
    ]
    others_were_told: Annotated[
        str | None, Text(longest=5000, missing="Write who you told: the referrer, the health visitor", applies=STOPPED)
    ]
    safeguarding_considered: Annotated[
        str | None, Text(longest=5000, missing="Write what you considered about safeguarding", applies=STOPPED)
    ]
    target_team: Annotated[
        str | None,
        Line(missing="Write which team the family goes to", applies=When("ending", EpisodeEnding.TRANSFERRED)),
    ]
    onward: Annotated[
        str | None,
        Text(longest=10_000, missing="Write what support goes on, and who the family can contact", applies=LIVING),
    ]
    quote: Annotated[str | None, Text(longest=2000, applies=LIVING)]
    without_measures: Annotated[MissingMeasure | None, OneCode(of=MissingMeasure, applies=PLANNED)]

    @property
    def told(self) -> FamilyAgreement:
        return self.family_agreement or FamilyAgreement.NOT_YET_TOLD

    @property
    def details(self) -> DischargeDetails:
        return same_fields(DischargeDetails, self)


class UndoDischargeForm(Form):
    reason: Annotated[str, Text(longest=1000, missing="Write why the work goes on")]
