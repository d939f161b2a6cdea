"""The team's families as referral tells of them: by reference, and followed where they were merged."""

from typing import Any
from uuid import UUID

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.database.families import Families
from services.consultation.consultations.domain.consultation import About
from services.consultation.consultations.queries.consultation_list import one_consultation
from services.consultation.consultations.reactions.on_families_merged import on_families_merged
from services.consultation.consultations.reactions.on_family_recorded import on_family_recorded
from services.consultation.consultations.reactions.on_merge_undone import on_merge_undone
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows
from shared.contracts.family import FamiliesMerged, FamilyRecorded, MergeUndone
from shared.contracts.streams import Audience, EntryId, Stream
from shared.inbox.reaction import Delivery
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import NOW, PRIYA, AskedTeam, a_log

DELIVERY = Delivery(Stream("team-one", "referral", Audience.TEAM), EntryId(1, 1), NOW, is_replay=False)
Heard = FamilyRecorded | FamiliesMerged | MergeUndone


async def hears(asked: AskedTeam, *events: Heard) -> None:
    for event in events:
        reaction: Any = {
            FamilyRecorded: on_family_recorded,
            FamiliesMerged: on_families_merged,
            MergeUndone: on_merge_undone,
        }[type(event)]
        async with asked.begin(PRIYA) as work:
            await reaction(event, DELIVERY, work)


def recorded(number: int) -> FamilyRecorded:
    return FamilyRecorded(family_id=new_id(), reference_year=2026, reference_number=number)


def merged(kept: FamilyRecorded, gone: FamilyRecorded) -> FamiliesMerged:
    return FamiliesMerged(merge_id=new_id(), kept_family_id=kept.family_id, merged_family_id=gone.family_id)


def undone(merge: FamiliesMerged) -> MergeUndone:
    return MergeUndone(**merge.model_dump())


async def found(asked: AskedTeam, number: int) -> UUID:
    async with asked.begin(PRIYA) as work:
        return await Families(work).find(f"2026-{number}")


async def test_a_family_is_found_once_it_is_recorded_however_often_that_is_delivered(asked: AskedTeam) -> None:
    one = recorded(7)

    await hears(asked, one, one)

    assert await found(asked, 7) == one.family_id


async def test_a_merge_of_a_merge_is_followed_to_its_end_and_each_is_undone_by_itself(asked: AskedTeam) -> None:
    first, second, third = recorded(7), recorded(8), recorded(9)
    earlier, later = merged(second, first), merged(third, second)

    await hears(asked, first, second, third, earlier, later, later)
    assert {await found(asked, number) for number in (7, 8, 9)} == {third.family_id}

    await hears(asked, undone(later))
    assert [await found(asked, number) for number in (7, 8, 9)] == [second.family_id, second.family_id, third.family_id]

    await hears(asked, undone(earlier))
    assert await found(asked, 7) == first.family_id


async def test_a_merge_that_is_heard_before_its_families_is_followed_when_they_come(asked: AskedTeam) -> None:
    kept, gone = recorded(7), recorded(8)

    await hears(asked, merged(kept, gone), gone, kept)

    assert await found(asked, 8) == kept.family_id


async def test_a_consultation_leads_to_the_record_that_its_family_is_part_of_today(asked: AskedTeam) -> None:
    kept, gone = recorded(7), recorded(8)
    merge = merged(kept, gone)
    about = About(ConsultationKind.CASE_NAMED, gone.family_id, FamilyKnows.TODAY)
    command = a_log(asked.organisation_id, about=about)
    await hears(asked, kept, gone)
    async with asked.begin(PRIYA) as work:
        await log_consultation(command, work)

    await hears(asked, merge)
    async with asked.begin(PRIYA) as work:
        assert (await one_consultation(work, command.consultation_id)).family_id == kept.family_id

    await hears(asked, undone(merge))
    async with asked.begin(PRIYA) as work:
        assert (await one_consultation(work, command.consultation_id)).family_id == gone.family_id
