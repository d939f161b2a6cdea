"""How work with a family ends: discharge, and the hand-over planned before it. Source: reference 2.3 and 8.1 H9.

Nothing ends by itself, and never because of a number of missed appointments: someone tried to reach the family, told
those who referred it, thought about safeguarding, and the team lead agreed. After a death nothing more is asked.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_day, check_seen, check_words
from shared.contracts.pathway import EpisodeHandedOver
from shared.contracts.pathway_codes import EpisodeEnding, MissingMeasure
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, RuleBroken

UNDONE_WITHIN_DAYS = 28
DEATHS = frozenset({EpisodeEnding.BABY_DIED, EpisodeEnding.CARER_DIED})


@dataclass(frozen=True)
class DischargeDetails:
    ended_on: date
    ending: EpisodeEnding
    what_changed: str = ""
    infant_voice: str = ""
    onward: str = ""
    """What goes on after this team, and to whom the family can turn."""
    quote: str = ""
    """The family's own words about the work; shown elsewhere only with their consent."""
    without_measures: MissingMeasure | None = None
    """Why there is no pair of measures; None when there is one."""
    family_was_tried: str = ""
    others_were_told: str = ""
    safeguarding_considered: str = ""
    """These three are asked when a family stopped coming."""
    target_team: str = ""
    """When the family goes to another team."""


@dataclass(frozen=True)
class Discharge:
    """What was recorded when the work ended."""

    id: UUID
    episode_id: UUID
    details: DischargeDetails

    def check_undo(self, reason: str, roles: frozenset[Role], today: date) -> None:
        """Raises NotAllowed for all but the team lead, RuleBroken after 28 days or without a reason."""
        CAPABILITIES.check(roles, LEAD_WORK)
        if (today - self.details.ended_on).days > UNDONE_WITHIN_DAYS:
            raise RuleBroken(
                "discharge_old", "This work ended more than 28 days ago. A new referral opens new work with the family."
            )
        check_words(reason, "Write why the work goes on.", "reason")


@dataclass(frozen=True)
class EndOfWork:
    """What the record says about the work that is to end."""

    opened_on: date
    attended_count: int
    has_paired_measure: bool
    unrecorded_on: date | None = None
    """The first appointment that has passed and of which nobody said what happened."""


def check_discharge(details: DischargeDetails, work: EndOfWork, roles: frozenset[Role], today: date) -> None:
    """Raise the first reason why the work cannot end like this; return nothing when it can.

    Raises:
        NotAllowed: the actor does not work with families, or only the team lead may end it so.
        RuleBroken: something that this ending needs is not written, or the day is wrong.
    """
    CAPABILITIES.check(roles, RECORD_SUPPORT)
    check_day(details.ended_on, work.opened_on, today, "ended_on")
    if details.ending in DEATHS:
        return
    if work.unrecorded_on is not None:
        raise RuleBroken(
            "discharge_appointment",
            f"Say first what happened at the appointment on {date_words(work.unrecorded_on)}. Later is too late.",
        )
    if details.ending is EpisodeEnding.DISENGAGED:
        _check_disengaged(details, roles)
    else:
        _check_planned(details, work)
    check_words(details.onward, "Write what goes on for the family, and to whom they can turn.", "onward")
    if details.ending is EpisodeEnding.TRANSFERRED:
        check_words(details.target_team, "Write which team the family goes to.", "target_team")


def _check_planned(details: DischargeDetails, work: EndOfWork) -> None:
    check_words(details.what_changed, "Write what has changed for the family.", "what_changed")
    check_words(details.infant_voice, "Write what the baby shows now.", "infant_voice")
    if work.attended_count and not work.has_paired_measure and details.without_measures is None:
        raise RuleBroken(
            "discharge_measures",
            "No measure was completed at the start and at the end. Add one, or choose why there is none.",
            field="without_measures",
        )


def _check_disengaged(details: DischargeDetails, roles: frozenset[Role]) -> None:
    CAPABILITIES.check(roles, LEAD_WORK)
    check_words(details.family_was_tried, "Write how you tried to reach the family.", "family_was_tried")
    check_words(details.others_were_told, "Write whom you told: the referrer, the health visitor.", "others_were_told")
    check_words(
        details.safeguarding_considered, "Write what you considered about safeguarding.", "safeguarding_considered"
    )


@dataclass(frozen=True)
class HandOverDetails:
    planned_for: date
    service: str
    needs_to_know: str
    """What the next service needs to know, so that the family tells its story once."""
    family_view: str


@dataclass
class HandOver:
    """One for each episode."""

    id: UUID
    episode_id: UUID
    details: HandOverDetails
    completed_on: date | None = None
    version: int = 0

    def plan(self, roles: frozenset[Role], *, seen: int) -> None:
        """Raises NotAllowed, Conflict when it was changed since or is complete, RuleBroken when something is empty."""
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        if self.completed_on is not None:
            raise Conflict("hand_over_complete", "This hand-over is complete. Nothing that you entered was saved.")
        check_seen(self.version, seen)
        check_words(self.details.service, "Write which service takes over.", "service")
        check_words(self.details.needs_to_know, "Write what the next service needs to know.", "needs_to_know")
        self.version += 1

    def complete(self, roles: frozenset[Role], today: date) -> EpisodeHandedOver:
        """The other service has taken over. Raises NotAllowed, and Conflict when it was complete already."""
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        if self.completed_on is not None:
            raise Conflict("hand_over_complete", "This hand-over is complete already.")
        self.completed_on = today
        return EpisodeHandedOver(episode_id=self.episode_id, handed_over_on=today)
