"""Gives what is about no one family, groups and numbers that someone left, to the real commands."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from services.referral.database.tables import referral
from services.referral.demonstration.happening import (
    GroupJoined,
    GroupMet,
    GroupOpened,
    NumberAnswered,
    NumberLeft,
    OfTeam,
)
from services.referral.demonstration.team import PRACTITIONERS
from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from services.referral.groups.commands.hold_group_session import HoldGroupSession, hold_group_session
from services.referral.groups.commands.open_group import OpenGroup, open_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import GroupSession
from services.referral.intake.commands.answer_callback import AnswerCallback, answer_callback
from services.referral.intake.commands.leave_number import LeaveNumber, leave_number
from services.referral.intake.database.callbacks import Callbacks
from services.referral.people.database.families import Families
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Venue
from shared.kernel.identifiers import new_id

_MINUTES, _PLACES = 75, 10
_MISSES, _SAID_SO = 4, 2
"""Each family misses one meeting in so many, and never two that follow one another; every other one was told of."""


async def take_team_step(action: OfTeam, work: TeamWork) -> None:
    """Raises Refusal when a command says no."""
    match action:
        case GroupOpened():
            lead = PRACTITIONERS[action.lead].id
            group_id, where = _id(work, action.name), Venue.FAMILY_HUB
            await open_group(
                OpenGroup(group_id, action.name, action.intervention, lead, where, _PLACES, work.today), work
            )
        case GroupJoined():
            await add_to_group(AddToGroup(_id(work, action.group), await _dyad(action.key, work)), work)
        case GroupMet():
            await _meet(action, work)
        case NumberLeft():
            await leave_number(LeaveNumber(action.key, action.left), work)
        case NumberAnswered():
            callback = await Callbacks(work).left_before(action.key)
            if callback is None:
                raise ValueError("nobody left this number")
            await answer_callback(AnswerCallback(callback.id, callback.version, action.answer), work)


async def _meet(met: GroupMet, work: TeamWork) -> None:
    """With a register: of each family, who came, and whether they had told us."""
    group = await Groups(work).get_to_change(_id(work, met.group))
    places = [one for one in group.places if one.holds(work.today)]
    absent = {one.family_id for place, one in enumerate(places) if (place + met.number) % _MISSES == 0}
    said_so = {family for place, family in enumerate(sorted(absent)) if place % _SAID_SO == 0}
    there = {person for one in places if one.family_id not in absent for person in (one.baby_id, one.carer_id)}
    session = GroupSession(
        new_id(),
        work.today,
        group.practitioner_id,
        _MINUTES,
        met.topic,
        frozenset(there),
        apologies=frozenset(said_so),
        interpreted=frozenset(one.family_id for one in places),
    )
    await hold_group_session(HoldGroupSession(group.id, session), work)


async def _dyad(key: UUID, work: TeamWork) -> UUID:
    query = select(referral.c.family_id).where(referral.c.idempotency_key == key)
    family_id = (await work.session.execute(query)).scalar_one()
    return (await Families(work).get(family_id)).dyads[0].id


def _id(work: TeamWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"pairs:demonstration:{work.team.slug}:{name}")
