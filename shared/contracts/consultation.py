"""Events of the consultation service, each with what the region may know of it. Source: reference 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.consultation_codes import ConsultationKind, ConsultationOutcome, Profession, Topic
from shared.contracts.event import Event, KeptInTheTeam, Month, RegionEvent
from shared.contracts.region import month_of
from shared.contracts.vocabulary import SourceGroup, Tier

Minutes = Annotated[int, Field(ge=1, le=600)]

OfTen = Annotated[int, Field(ge=0, le=10)]


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

    def for_region(self) -> "RegionalConsultationHeld":
        return RegionalConsultationHeld(
            month=month_of(self.held_on),
            kind=self.kind,
            profession=self.profession,
            tier=self.tier,
            minutes=self.minutes,
        )


class RegionalConsultationHeld(RegionEvent):
    """One consultation was held; how long it was counts towards the hours of indirect work."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_held.v1"

    month: Month
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    minutes: Minutes


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

    consultation_id: UUID
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    held_on: date
    minutes: Minutes
    family_id: UUID | None

    def for_region(self) -> "RegionalConsultationWithdrawn":
        return RegionalConsultationWithdrawn(
            month=month_of(self.held_on),
            kind=self.kind,
            profession=self.profession,
            tier=self.tier,
            minutes=self.minutes,
        )


class RegionalConsultationWithdrawn(RegionEvent):
    """One that was counted was not held."""

    type: ClassVar[str] = "uk.pairs.regional.consultation_withdrawn.v1"

    month: Month
    kind: ConsultationKind
    profession: Profession
    tier: Tier | None
    minutes: Minutes


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
    """How useful one was, and how confidence changed."""

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
