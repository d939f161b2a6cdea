"""A consultation: who asked, about what, what was advised and agreed. Responsibility stays with whoever asked.

A named one says of which family, and whether the family knows; one with no names must not tell who it is about.
Source: reference section 5.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.consultation.consultations.domain.anonymity import check_names_nobody
from services.consultation.staff.domain.capabilities import CAPABILITIES, IDENTIFY, LOG
from shared.contracts.consultation import (
    ConsultationConverted,
    ConsultationHeld,
    ConsultationIdentified,
    ConsultationWithdrawn,
    ReferralWanted,
)
from shared.contracts.consultation_codes import (
    ConsultationKind,
    ConsultationMode,
    ConsultationOutcome,
    FamilyKnows,
    Profession,
    Topic,
)
from shared.contracts.vocabulary import AgeBand, Role, SourceGroup, Tier
from shared.kernel.errors import Conflict, RuleBroken

LONGEST = 600
"""Minutes of one consultation."""
NAMED = frozenset({ConsultationKind.CASE_NAMED})
NAMELESS = frozenset({ConsultationKind.CASE_ANONYMOUS})
RESPONSIBILITY = "Whoever asked stays responsible for the family’s care."
"""Stands on everything that a consultation says. Source: reference section 5, hazard H14."""


@dataclass(frozen=True)
class Asker:
    """Who asked, and from where."""

    organisation_id: UUID
    profession: Profession
    tier: Tier | None
    """At which they work."""
    name: str = ""
    """Of the person; stays in the team."""
    people: int = 1
    """How many took part."""


@dataclass(frozen=True)
class Talk:
    """What was said."""

    words: str
    """What they asked and what was advised; stays in the team."""
    topics: frozenset[Topic]
    they_will: str = ""
    we_will: str = ""
    outcome: ConsultationOutcome = ConsultationOutcome.ADVICE
    follow_up_on: date | None = None


@dataclass(frozen=True)
class About:
    """Whom or what it was about."""

    kind: ConsultationKind
    family_id: UUID | None = None
    family_knows: FamilyKnows | None = None
    age_band: AgeBand | None = None


@dataclass
class Consultation:
    id: UUID
    held_on: date
    minutes: int
    mode: ConsultationMode
    asker: Asker
    about: About
    talk: Talk
    consultant_id: UUID
    logged_at: datetime
    """UTC."""
    identified_why: str = ""
    """Why an anonymous one was linked to a family."""
    withdrawn_why: str = ""
    referral_wanted_at: datetime | None = None
    """UTC; when the referral service was told that the family should be referred."""
    version: int = 0

    def check(self, roles: frozenset[Role], today: date) -> None:
        """Raises NotAllowed for somebody who does not advise, and RuleBroken for the first thing that is wrong."""
        CAPABILITIES.check(roles, LOG)
        if self.held_on > today:
            raise RuleBroken("consultation_future", "The day must be today or in the past.", field="held_on")
        if not 0 < self.minutes <= LONGEST:
            raise RuleBroken("consultation_minutes", f"Enter between 1 and {LONGEST} minutes.", field="minutes")
        if not self.talk.words.strip():
            raise RuleBroken("consultation_words", "Write what they asked and what you advised.", field="words")
        self._check_about()

    def _check_about(self) -> None:
        about = self.about
        if about.kind in NAMED and about.family_id is None:
            raise RuleBroken("consultation_family", "Enter the family's reference.", field="family")
        if about.kind in NAMED and about.family_knows is None:
            raise RuleBroken(
                "consultation_knows", "Choose whether the family knows that you talk about them.", field="family_knows"
            )
        if about.kind not in NAMED and about.family_id is not None:
            raise RuleBroken("consultation_names", "Only “A family, by name” has a reference.", field="family")
        if about.kind in NAMELESS:
            for name in ("words", "they_will", "we_will"):
                check_names_nobody(getattr(self.talk, name), field=name)

    def held(self, sector: SourceGroup) -> ConsultationHeld:
        """Args: sector: of the organisation that asked."""
        return ConsultationHeld(
            consultation_id=self.id,
            kind=self.about.kind,
            profession=self.asker.profession,
            tier=self.asker.tier,
            organisation_id=self.asker.organisation_id,
            held_on=self.held_on,
            minutes=self.minutes,
            outcome=self.talk.outcome,
            topics=tuple(sorted(self.talk.topics)),
            family_id=self.about.family_id,
            sector=sector,
        )

    def convert(self, referral_id: UUID, received_on: date) -> ConsultationConverted | None:
        """It led to a referral; None for one that was withdrawn."""
        if self.withdrawn_why:
            return None
        return ConsultationConverted(
            consultation_id=self.id, referral_id=referral_id, held_on=self.held_on, received_on=received_on
        )

    def identify(self, family_id: UUID, why: str, roles: frozenset[Role], *, seen: int) -> ConsultationIdentified:
        """Link one with no names to a family.

        Raises:
            NotAllowed: the actor does not advise.
            Conflict: it was changed since it was seen.
            RuleBroken: it has a family already, is of another kind or withdrawn, or no reason is given.
        """
        CAPABILITIES.check(roles, IDENTIFY)
        self._check_may_change(seen)
        if self.about.kind not in NAMELESS or self.about.family_id is not None:
            raise RuleBroken("consultation_known", "Only a consultation with no names can be linked to a family.")
        if not why.strip():
            raise RuleBroken("identify_why", "Write why you link it to this family.", field="why")
        self.about = About(self.about.kind, family_id, None, self.about.age_band)
        self.identified_why = why
        return ConsultationIdentified(
            consultation_id=self.id, family_id=family_id, held_on=self.held_on, kind=self.about.kind
        )

    def want_referral(self, sector: SourceGroup, roles: frozenset[Role], now: datetime) -> ReferralWanted | None:
        """None when it is wanted already, however often the button is pressed.

        Raises:
            NotAllowed: the actor does not advise.
            RuleBroken: it was withdrawn.
        """
        CAPABILITIES.check(roles, LOG)
        if self.referral_wanted_at is not None:
            return None
        self._check_stands()
        self.referral_wanted_at = now
        self.talk = replace(self.talk, outcome=ConsultationOutcome.REFERRAL_MADE)
        return ReferralWanted(
            consultation_id=self.id,
            held_on=self.held_on,
            sector=sector,
            topics=tuple(sorted(self.talk.topics)),
            family_id=self.about.family_id,
        )

    def withdraw(self, why: str, roles: frozenset[Role], *, seen: int) -> ConsultationWithdrawn:
        """It was entered by mistake; what it said stays on record.

        Raises:
            NotAllowed: the actor does not advise.
            Conflict: it was changed since it was seen.
            RuleBroken: it is withdrawn already, or no reason is given.
        """
        CAPABILITIES.check(roles, LOG)
        self._check_may_change(seen)
        if not why.strip():
            raise RuleBroken("withdraw_why", "Write why it is withdrawn.", field="why")
        self.withdrawn_why = why
        return ConsultationWithdrawn(
            consultation_id=self.id,
            kind=self.about.kind,
            profession=self.asker.profession,
            tier=self.asker.tier,
            held_on=self.held_on,
            minutes=self.minutes,
            family_id=self.about.family_id,
        )

    def _check_may_change(self, seen: int) -> None:
        self._check_stands()
        if seen != self.version:
            raise Conflict("consultation_changed", "Someone has changed this consultation. Look at it again.")

    def _check_stands(self) -> None:
        if self.withdrawn_why:
            raise RuleBroken("consultation_withdrawn", "This consultation was withdrawn. Log it anew if it was held.")
