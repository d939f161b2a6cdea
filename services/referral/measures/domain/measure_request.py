"""A link by which a parent or carer answers a measure on their own telephone, once, within 14 days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.people.domain.family import Family
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken

LASTS = timedelta(days=14)


class LinkState(Code):
    OPEN = "open", "Waiting for the answer"
    ANSWERED = "answered", "Answered"
    REVOKED = "revoked", "Taken back"
    EXPIRED = "expired", "Out of date"


@dataclass
class MeasureRequest:
    """Whoever has the token may answer; it is kept nowhere."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    code: str
    definition_version: str
    variant: str
    subject: Subject
    timepoint: MeasureTimepoint
    requested_by: UUID
    requested_at: datetime
    """UTC, as the other moments."""
    expires_at: datetime
    revoked_at: datetime | None = None
    answered_at: datetime | None = None
    version: int = 1

    def state(self, now: datetime) -> LinkState:
        if self.answered_at:
            return LinkState.ANSWERED
        if self.revoked_at:
            return LinkState.REVOKED
        return LinkState.OPEN if now < self.expires_at else LinkState.EXPIRED

    def answer(self, family: Family, definition: MeasureDefinition, now: datetime) -> None:
        """The answers have come.

        Raises:
            Conflict: they came before.
            RuleBroken: the link is no longer good, the form has changed since, or nothing is sent to the family now.
        """
        state = self.state(now)
        if state is LinkState.ANSWERED:
            raise Conflict("measure_link_answered", "We have your answers already. You do not need to do anything.")
        same_form = (definition.code, definition.version) == (self.code, self.definition_version)
        is_shown = same_form and definition.can_be_answered_alone
        if state is not LinkState.OPEN or not is_shown or family.messages_stopped_at:
            raise RuleBroken("measure_link_over", "This link can no longer be used. Ask the team for a new one.")
        self.answered_at = now
        self.version += 1

    def revoke(self, now: datetime, *, seen: int) -> None:
        """Take the link back.

        Raises:
            Conflict: it was answered, taken back or changed since the page was opened.
        """
        if seen != self.version or self.answered_at or self.revoked_at:
            raise Conflict("measure_link_changed", "Someone answered this or took it back meanwhile. Look at it again.")
        self.revoked_at = now
        self.version += 1


def check_can_be_answered_alone(definition: MeasureDefinition) -> None:
    """Raises RuleBroken for a measure that a parent or carer cannot answer from a link."""
    if not definition.can_be_answered_alone:
        raise RuleBroken(
            "measure_link_entry",
            "A link cannot show this measure's questions. Answer it together, and enter the answers here.",
            field="measure",
        )


def check_may_be_sent(family: Family, subject: Subject) -> None:
    """Raises RuleBroken when nothing may be sent to this person. Source: reference 3.1 and 3.4."""
    if family.messages_stopped_at:
        raise RuleBroken(
            "measure_link_silence", "Nothing is sent to this family at present, so there is no link. Speak with them."
        )
    person = family.member(subject.person_id).person
    if person.is_lost or person.contact_unsafe or family.is_unsafe(subject.person_id):
        raise RuleBroken("measure_link_unsafe", "This person must not be contacted, so no link is made for them.")
