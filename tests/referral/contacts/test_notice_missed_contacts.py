from uuid import UUID

from services.referral.contacts.commands.notice_missed_contacts import NoticeMissedContacts, notice_missed_contacts
from services.referral.contacts.domain.contact import Kept, missed_to_think_about
from shared.contracts.pathway_codes import Attendance
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family

MISSED, CAME, CANCELLED = Attendance.NO_ACCESS, Attendance.ATTENDED, Attendance.CANCELLED_BY_SERVICE


async def notice(family: AFamily) -> UUID | None:
    async with family.team.begin(family.practitioner) as work:
        return await notice_missed_contacts(NoticeMissedContacts(family.family_id, family.episode_id), work)


async def test_a_task_is_raised_once_for_the_same_row_of_missed_contacts(team: ATeam) -> None:
    family = await a_family(team)
    team.rules = {"missed_before_task": 10}
    for _ in range(2):
        await family.has(family.missed())
    team.rules = {}

    first, again = await notice(family), await notice(family)

    assert first is not None
    assert again is None
    assert [kind for kind, _ in await team.published()].count("uk.pairs.task.raised.v1") == 1


async def test_one_missed_contact_is_no_row(team: ATeam) -> None:
    family = await a_family(team)
    await family.has(family.missed())

    assert await notice(family) is None


def of(*newest_first: Attendance) -> list[Kept]:
    return [Kept(UUID(int=number), one) for number, one in enumerate(reversed(newest_first), 1)][::-1]


def test_the_task_is_about_the_contact_that_made_the_row_long_enough() -> None:
    assert missed_to_think_about(of(MISSED, MISSED), 2) == UUID(int=2)
    assert missed_to_think_about(of(MISSED, MISSED, MISSED), 2) == UUID(int=2)
    assert missed_to_think_about(of(MISSED, MISSED, MISSED, MISSED), 2) == UUID(int=4)


def test_whoever_came_begins_anew_and_whoever_cancelled_does_not() -> None:
    assert missed_to_think_about(of(MISSED, CAME, MISSED), 2) is None
    assert missed_to_think_about(of(CAME, MISSED, MISSED), 2) is None
    assert missed_to_think_about(of(MISSED, CANCELLED, MISSED), 2) == UUID(int=3)
    assert missed_to_think_about([], 1) is None
