import asyncio

from services.referral.intake.commands.leave_number import LeaveNumber, leave_number
from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.domain.callback import Callback, LeftNumber
from services.referral.people.domain.safe_contact import ContactWay, SafeContact
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.actor import public_form
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW

LEFT = LeftNumber("07700900982", SafeContact(frozenset({ContactWay.TEXT})), SourceGroup.SELF, in_danger=True)
CALM = LeftNumber("01632960010", SafeContact(frozenset({ContactWay.TEXT})), None, in_danger=False)


async def leaves(team: ATeam, command: LeaveNumber) -> Callback:
    async with team.begin(public_form()) as work:
        return await leave_number(command, work)


async def test_a_number_is_kept_as_it_was_left_and_the_trail_says_so(team: ATeam) -> None:
    callback = await leaves(team, LeaveNumber(new_id(), LEFT))

    async with team.begin(public_form()) as work:
        stored = await Callbacks(work).get(callback.id)
    assert stored == callback
    assert (stored.left, stored.received_at, stored.reference) == (LEFT, NOW, "TEA-2026-000001")
    assert (await team.audited())[-1] == ("callback.receive", callback.id)


async def test_a_number_that_is_sent_three_times_at_once_is_one(team: ATeam) -> None:
    command = LeaveNumber(new_id(), LEFT)

    found = await asyncio.gather(*(leaves(team, command) for _ in range(3)))

    assert len({one.id for one in found}) == 1


async def test_whoever_said_that_there_is_danger_comes_first(team: ATeam) -> None:
    await leaves(team, LeaveNumber(new_id(), CALM))
    await leaves(team, LeaveNumber(new_id(), LEFT))

    async with team.begin(public_form()) as work:
        assert [one.left for one in await Callbacks(work).open()] == [LEFT, CALM]
