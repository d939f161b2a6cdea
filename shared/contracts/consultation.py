"""Events of the consultation service, each with what the region may know of it. Source: reference 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field

from shared.contracts.consultation_codes import ConsultationKind, ConsultationOutcome, Profession, Topic
from shared.contracts.event import Correcting, Event, KeptInTheTeam, Month, RegionCorrection, RegionEvent
from shared.contracts.region import QuarterHours, in_quarters, month_of
from shared.contracts.vocabulary import SourceGroup, Tier

Minutes = Annotated[int, Field(ge=1, le=600)]

OfTen = Annotated[int, Field(ge=0, le=10)]


def _as_it_is_told_now(minutes: object) -> object:
    """Of what was told to the minute, before it was told in quarters of an hour."""
    return in_quarters(minutes) if isinstance(minutes, int) else minutes


class ConsultationHeld(Event):
    """The team was asked, and answered."""

    type: ClassVar[str] = "uk.pairs.consultation.held.v1"

    consultation_id: UUID
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    """At which whoever asked works; None: not known."""
    organisation_id: UUID
    held_on: date
    minutes: Minutes
    """Of talk; notes and travel are left out."""
    outcome: ConsultationOutcome
    topics: tuple[Topic, ...]
    family_id: UUID | None
    """Of a family that is named; None for every other kind."""
    sector: SourceGroup | None = None
    """Of the organisation that asked."""

    def for_region(self) -> "RegionalConsultationHeld":
        return RegionalConsultationHeld(
            month=month_of(self.held_on),
            kind=self.kind,
            profession=self.profession,
            tier=self.tier,
            minutes=in_quarters(self.minutes),
            sector=self.sector,
        )


class RegionalConsultationHeld(RegionEvent):
    """One consultation was held; how long it was counts towards the hours of indirect work.

    Private enough: who asked is a profession and a sector, and its length is in quarters of an hour.
    """

    type: ClassVar[str] = "uk.pairs.regional.consultation_held.v1"

    month: Month
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    minutes: Annotated[QuarterHours, BeforeValidator(_as_it_is_told_now)]
    sector: SourceGroup | None = None


class RegionalConsultationHeldCorrected(RegionCorrection):
    """One that was counted was not held. Private enough: it says no more than what was told."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_held_corrected.v1"
    withdrew: ClassVar[str] = "uk.pairs.regional.consultation_withdrawn.v1"

    was: RegionalConsultationHeld
    instead: RegionalConsultationHeld | None


class RegionalConsultationConverted(RegionEvent):
    """One consultation of the month led to a referral. Private enough: one wide band of days, and no referral's id."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_converted.v1"

    month: Month
    """In which it was held."""
    is_within_90_days: bool


class RegionalConsultationConvertedCorrected(RegionCorrection):
    """A consultation that had led to a referral was not held. Private enough: it says no more than what was told."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_converted_corrected.v1"

    was: RegionalConsultationConverted
    instead: RegionalConsultationConverted | None


class ConsultationConverted(Event):
    """The referral that a consultation led to was taken in."""

    type: ClassVar[str] = "uk.pairs.consultation.converted.v1"

    consultation_id: UUID
    referral_id: UUID
    held_on: date
    received_on: date

    def for_region(self) -> RegionalConsultationConverted:
        return RegionalConsultationConverted(
            month=month_of(self.held_on), is_within_90_days=(self.received_on - self.held_on).days <= 90
        )


class ConversionUndone(Event):
    """The consultation that had led to a referral was withdrawn; the referral stays."""

    type: ClassVar[str] = "uk.pairs.consultation.conversion_undone.v1"
    corrects: ClassVar[Correcting] = RegionalConsultationConvertedCorrected

    consultation_id: UUID

    def for_region(self) -> None:
        """No consultation led to it."""


class ConsultationIdentified(KeptInTheTeam):
    """An anonymous one turned out to be about a family of the team; somebody said why it is linked."""

    type: ClassVar[str] = "uk.pairs.consultation.identified.v1"

    consultation_id: UUID
    family_id: UUID
    held_on: date
    kind: ConsultationKind


class ConsultationWithdrawn(Event):
    """It was entered by mistake."""

    type: ClassVar[str] = "uk.pairs.consultation.withdrawn.v1"
    corrects: ClassVar[Correcting] = RegionalConsultationHeldCorrected

    consultation_id: UUID
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    held_on: date
    minutes: Minutes
    family_id: UUID | None

    def for_region(self) -> None:
        """None was held."""


class ConsultationEvaluated(Event):
    """Whoever asked said whether it helped."""

    type: ClassVar[str] = "uk.pairs.consultation.evaluated.v1"

    consultation_id: UUID
    answered_on: date
    useful: OfTen
    before: OfTen
    """How confident they were before it, looking back."""
    now: OfTen

    def for_region(self) -> "RegionalConsultationEvaluated":
        return RegionalConsultationEvaluated(
            month=month_of(self.answered_on), useful=self.useful, before=self.before, now=self.now
        )


class RegionalConsultationEvaluated(RegionEvent):
    """How useful one was, and how confidence changed. Private enough: three numbers, and not whose."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_evaluated.v1"

    month: Month
    useful: OfTen
    before: OfTen
    now: OfTen


class ReferralWanted(KeptInTheTeam):
    """Whoever asked, and the team, found that the family should be referred: somebody takes the referral in."""

    type: ClassVar[str] = "uk.pairs.consultation.referral_wanted.v1"

    consultation_id: UUID
    held_on: date
    sector: SourceGroup
    """Of the organisation that asked."""
    topics: tuple[Topic, ...]
    family_id: UUID | None
    """Of a family that is on record; None: it is not, or is not named."""


class ConcernRaised(KeptInTheTeam):
    """Somebody who asked, or was asked, thinks that a child could come to harm; it must be answered today."""

    type: ClassVar[str] = "uk.pairs.consultation.concern_raised.v1"

    task_id: UUID
    consultation_id: UUID


class ConcernAnswered(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.consultation.concern_answered.v1"

    task_id: UUID
    consultation_id: UUID
