"""Record that a group met, by its register: each family gets a contact of its own."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.database.contact_surroundings import read_around
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import GroupSession
from services.referral.team.database.team_work import TeamWork
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class HoldGroupSession:
    group_id: UUID
    session: GroupSession
    """Its id is the same for the same register sent twice, which is stored once."""


async def hold_group_session(command: HoldGroupSession, work: TeamWork) -> None:
    """Publish ContactRecorded for each family that takes part on that day; all of them are stored, or none.

    Raises:
        NotFound: this team has no such group.
        NotAllowed: the actor does not work with families.
        RuleBroken: the group did not meet on that day, or nobody takes part.
    """
    groups, held = Groups(work), command.session
    group = await groups.get_to_change(command.group_id)
    if await groups.is_held(held.id):
        return
    group.check_meets(held, work.today, work.actor.roles)
    await groups.add_session(group, held, work.now)
    for episode_id, places in group.expected(held.held_on).items():
        details = group.contact_of(held, places, await read_around(work, episode_id))
        await record_contact(RecordContact(new_id(), episode_id, details), work)
    work.record("group.hold_session", group.id)
