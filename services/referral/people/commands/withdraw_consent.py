"""Someone of the family took a choice back: from today on, and what was done before stays as it was."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.family_notes import FamilyNotes
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WithdrawConsent:
    family_id: UUID
    consent_id: UUID
    expected_version: int
    """Of the consent on the page that the actor saw."""


async def withdraw_consent(command: WithdrawConsent, work: UnitOfWork) -> None:
    """Publish ConsentWithdrawn.

    Raises:
        NotFound: this team has no such family, or it has no such consent.
        NotAllowed: the actor does not work in the team.
        Conflict: it was taken back already.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    notes = FamilyNotes(work)
    consent = await notes.consent_to_change(command.family_id, command.consent_id)
    withdrawn = consent.withdraw(work.today, seen=command.expected_version)
    work.publish(withdrawn, about=consent)
    await notes.save_consent(consent)
    work.record("consent.withdraw", command.family_id)
