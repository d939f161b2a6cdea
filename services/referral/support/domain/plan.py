"""The plan agreed with a family: one strand or several, each an intervention for someone. Source: reference 1.1 row 8.

A practitioner without the training that an intervention asks for is warned and says why it goes on: care never waits
for a certificate, and it shows. Filming needs the family's consent (reference 1.3, row 28).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_day, check_seen, check_words
from shared.contracts.intervention import Intervention
from shared.contracts.pathway import InterventionCompleted, InterventionStarted, PlanAgreed
from shared.contracts.pathway_codes import StrandEnding
from shared.contracts.vocabulary import Code, Role
from shared.kernel.errors import Conflict, RuleBroken


class PreferenceMet(Code):
    """Whether the plan meets what the family would like: place, time, group or alone, who comes."""

    MET = "met", "Yes"
    PARTLY = "partly", "In part"
    NOT_MET = "not_met", "No"
    NONE_STATED = "none_stated", "The family stated no preference"

    @property
    def is_met(self) -> bool | None:
        return None if self is PreferenceMet.NONE_STATED else self is not PreferenceMet.NOT_MET


@dataclass(frozen=True)
class StrandDetails:
    intervention: Intervention
    person_id: UUID
    """Whom it is for: a baby stands for the dyads with that baby."""
    practitioner_id: UUID
    planned_sessions: int
    override_reason: str = ""


@dataclass(frozen=True)
class Readiness:
    """What must be in place for an intervention, as the record has it."""

    is_trained: bool
    needs_filming_consent: bool
    has_filming_consent: bool


@dataclass
class Strand:
    id: UUID
    episode_id: UUID
    details: StrandDetails
    started_on: date | None = None
    ended_on: date | None = None
    ending: StrandEnding | None = None
    version: int = 0

    def agree(self, readiness: Readiness) -> None:
        """Raises RuleBroken when training is missing without a reason, or filming has no consent."""
        if not 1 <= self.details.planned_sessions <= 100:
            raise RuleBroken("strand_sessions", "Enter a number from 1 to 100.", field="planned_sessions")
        if readiness.needs_filming_consent and not readiness.has_filming_consent:
            raise RuleBroken(
                "strand_filming",
                "This intervention films the baby and the parent or carer. Record their consent to filming first, "
                "under People.",
                field="intervention",
            )
        if not readiness.is_trained and not self.details.override_reason.strip():
            raise RuleBroken(
                "strand_training",
                "The practitioner's training for this is not on record. Choose someone else, or write why it goes on.",
                field="override_reason",
            )

    def start(self, day: date, *, is_trained: bool) -> InterventionStarted:
        """The first session of it took place."""
        self.started_on = day
        return InterventionStarted(
            strand_id=self.id,
            episode_id=self.episode_id,
            intervention=self.details.intervention,
            started_on=day,
            is_practitioner_trained=is_trained,
        )

    def end(
        self, ending: StrandEnding, sessions: int, roles: frozenset[Role], today: date, *, seen: int
    ) -> InterventionCompleted:
        """It goes on no longer.

        Args:
            sessions: how many took place.

        Raises:
            NotAllowed: the actor does not work with families.
            Conflict: it has ended already, or was changed since.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        if self.ended_on is not None:
            raise Conflict("strand_ended", "Someone ended this already. Nothing that you entered was saved.")
        check_seen(self.version, seen)
        self.ended_on, self.ending = today, ending
        return InterventionCompleted(
            strand_id=self.id,
            episode_id=self.episode_id,
            intervention=self.details.intervention,
            ending=ending,
            session_count=sessions,
            planned_session_count=self.details.planned_sessions,
            started_on=self.started_on,
            ended_on=today,
        )


@dataclass(frozen=True)
class Plan:
    """What was agreed on one day; a later one adds to it."""

    episode_id: UUID
    number: int
    agreed_on: date
    agreed_with: str
    """Who of the family agreed, in words."""
    preference: PreferenceMet

    def check_seen(self, seen: int) -> None:
        """Raises Conflict unless the plan before it is the one that the actor had before them."""
        check_seen(self.number - 1, seen)

    def agree(self, strands: Sequence[Strand], not_before: date, roles: frozenset[Role], today: date) -> PlanAgreed:
        """Raises NotAllowed, and RuleBroken when it has no strand, nobody to agree with, or a wrong day."""
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        check_day(self.agreed_on, not_before, today, "agreed_on")
        check_words(self.agreed_with, "Write with whom you agreed the plan.", "agreed_with")
        if not strands:
            raise RuleBroken("plan_empty", "Choose at least one intervention.", field="intervention")
        return PlanAgreed(
            episode_id=self.episode_id,
            agreed_on=self.agreed_on,
            strand_count=len(strands),
            is_preference_met=self.preference.is_met,
        )


def ending_of(strand: Strand, sessions: int) -> StrandEnding:
    """How a strand that went on ends with the work: by the sessions that took place."""
    if sessions >= strand.details.planned_sessions:
        return StrandEnding.COMPLETED
    return StrandEnding.PARTLY if sessions else StrandEnding.NOT_STARTED
