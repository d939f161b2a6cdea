"""Record what someone needs so that they can take part: contact, format, support, interpreter, adjustments."""

from dataclasses import asdict, dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import AccessNeed, NeedDetails, check_need, check_seen
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.kernel.identifiers import new_id
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordAccessNeeds:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the answers on the page; 0 when nobody had asked."""
    details: NeedDetails


async def record_access_needs(command: RecordAccessNeeds, work: UnitOfWork) -> None:
    """Keep the answers before.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: they were recorded after the page was opened.
        RuleBroken: the day is to come, or another language is not named.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    notes = FamilyNotes(work)
    family = await Families(work).get_to_change(command.family_id)
    person = family.member(command.person_id).person
    check_need(command.details, work.today)
    before = next(iter(await notes.needs([person.id])), None)
    check_seen(command.expected_version, before.version if before else 0)
    if before is not None:
        content = {name: None if value is None else str(value) for name, value in asdict(before.details).items()}
        await keep_earlier_version(work, "access_need", before.id, before.version, content)
    need_id = before.id if before else new_id()
    await notes.save_need(AccessNeed(need_id, person.id, command.details, command.expected_version + 1))
    work.record("access_need.record", family.id)
