"""Record that someone asks for a copy of a person's record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import MONTHS, AskerRelation, SubjectAccess, due_after
from services.referral.people.database.families import Families
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.kernel.same_fields import same_fields
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RequestSubjectAccess:
    family_id: UUID
    subject_id: UUID
    """The person whose record it is."""
    asked_by: str
    """Name of whoever asks; stays in the team."""
    relation: AskerRelation
    authority_note: str
    """How it was checked who they are and, for a child, that they have parental responsibility."""
    asked_on: date


async def request_subject_access(command: RequestSubjectAccess, work: UnitOfWork) -> UUID:
    """Gives the request's id; it is due one calendar month after it was made.

    Raises:
        NotFound: this team has no such family.
        RuleBroken: the person does not belong to it, nothing was checked, or the day is still to come.
    """
    family = await Families(work).get(command.family_id)
    if command.subject_id not in {member.person.id for member in family.members}:
        raise RuleBroken("subject_access_person", "Choose a person of this family.", field="subject_id")
    if not command.authority_note.strip():
        raise RuleBroken("subject_access_authority", "Write how you checked that they may ask.", field="authority_note")
    if command.asked_on > work.today:
        raise RuleBroken("subject_access_day", "The day on which they asked cannot be to come.", field="asked_on")
    due = due_after(command.asked_on, MONTHS)
    untouched = "extension_reason outcome closed_on version"
    request = same_fields(SubjectAccess, command, without=untouched, id=new_id(), due_on=due)
    await SubjectAccesses(work).add(request, work.actor.id, work.now)
    work.record("subject_access.request", command.family_id)
    return request.id
