"""Record what a family prefers: place, format, practitioner and times, and who helps them besides services."""

from dataclasses import asdict, dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import FamilyPreference, PreferenceDetails, check_seen
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.kernel.identifiers import new_id
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordPreferences:
    family_id: UUID
    expected_version: int
    """Of the answers on the page; 0 when nobody had asked."""
    details: PreferenceDetails


async def record_preferences(command: RecordPreferences, work: UnitOfWork) -> None:
    """Keep the answers before.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor does not work in the team.
        Conflict: they were recorded after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    notes = FamilyNotes(work)
    family = await Families(work).get_to_change(command.family_id)
    before = await notes.preference(family.id)
    check_seen(command.expected_version, before.version if before else 0)
    if before is not None:
        await keep_earlier_version(work, "preference", before.id, before.version, asdict(before.details))
    preference_id = before.id if before else new_id()
    await notes.save_preference(
        FamilyPreference(preference_id, family.id, command.details, command.expected_version + 1)
    )
    work.record("preference.record", family.id)
