"""The assessment: what was understood of a family before anything was decided. Source: reference 2.3, 1.5 row 76.

The baby's own voice is asked for every time: what the baby was seen to do, not what someone thinks of it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_day, check_seen, check_words
from shared.contracts.pathway import AssessmentCompleted
from shared.contracts.pathway_codes import MissingMeasure
from shared.contracts.vocabulary import Role
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class AssessmentDetails:
    """What a practitioner writes."""

    completed_on: date
    story: str
    """What has happened, in the family's own account."""
    strengths: str
    needs: str
    """On the parents' side, the baby's, in the relationship and around it."""
    feeding: str
    """How feeding and the relationship touch one another; may be empty."""
    safety: str
    infant_voice: str
    without_baseline: MissingMeasure | None
    """Why there is no measure from the start; None when there is one."""


@dataclass(frozen=True)
class Progress:
    """How far an episode has come."""

    opened_on: date
    first_contact_on: date | None
    has_baseline: bool


@dataclass
class Assessment:
    """One for each episode."""

    id: UUID
    episode_id: UUID
    details: AssessmentDetails
    version: int = 0

    def complete(self, progress: Progress, roles: frozenset[Role], today: date) -> AssessmentCompleted:
        """Store it for the first time, or as it is after a change.

        Raises:
            NotAllowed: the actor does not work with families.
            RuleBroken: nobody has met the family, there is no measure and no reason why, or something is empty.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        details = self.details
        if progress.first_contact_on is None:
            raise RuleBroken("assessment_contact", "Record a session first: nobody has met the family yet.")
        check_day(details.completed_on, progress.first_contact_on, today, "completed_on")
        check_words(details.story, "Write what the family told you.", "story")
        check_words(details.needs, "Write what the family needs.", "needs")
        check_words(details.safety, "Write what you considered about safety, even if there is no worry.", "safety")
        check_words(details.infant_voice, "Write what you saw the baby do.", "infant_voice")
        if not progress.has_baseline and details.without_baseline is None:
            raise RuleBroken(
                "assessment_baseline",
                "Add a measure from the start, or choose why there is none.",
                field="without_baseline",
            )
        return AssessmentCompleted(
            episode_id=self.episode_id,
            completed_on=details.completed_on,
            had_baseline=progress.has_baseline,
            has_infant_voice=True,
        )

    def change(
        self, details: AssessmentDetails, progress: Progress, roles: frozenset[Role], today: date, *, seen: int
    ) -> AssessmentCompleted:
        """Raises as `complete`, and Conflict when someone changed it since."""
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        check_seen(self.version, seen)
        self.details = details
        return self.complete(progress, roles, today)
