"""Somebody works in another place too, or moved there."""

from datetime import date

import pytest

from services.training.database.workforce_tables import post
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.add_post import AddPost, EndOfPost, add_post
from services.training.workforce.queries.people_list import PeopleChip, PeopleFilter, people_list
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TrainedTeam


async def test_two_jobs_may_overlap_and_who_moved_is_on_the_list_of_movers(trained: TrainedTeam) -> None:
    other = new_id()
    async with trained.begin() as work:
        await add_organisation(AddOrganisation(other, "Layton GPs", SourceGroup.PRIMARY_CARE), work)
        ends = EndOfPost(trained.person_id, date(2026, 3, 31), 1)
        moved = AddPost(new_id(), trained.person_id, other, Profession.GP, "", date(2026, 2, 16), ends)
        await add_post(moved, work)
        await add_post(moved, work)
    async with trained.begin() as work:
        movers = await people_list(work, PeopleFilter(PeopleChip.MOVED)).whole(work.session)
        joiners = await people_list(work, PeopleFilter(PeopleChip.JOINED)).whole(work.session)

    assert [row.until_on for row in await trained.rows(post, person_id=trained.person_id)] == [date(2026, 4, 1), None]
    assert [(one.name, len(one.posts)) for one in movers] == [("Ruth Bennett", 2)]
    assert joiners == []


async def test_the_job_of_somebody_else_is_not_ended_by_a_move(trained: TrainedTeam) -> None:
    ends = EndOfPost(trained.other_id, date(2026, 3, 31), 1)
    of = trained.organisation_id, Profession.GP, "", None
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await add_post(AddPost(new_id(), trained.person_id, *of, ends), work)

    assert refused.value.code == "post_of_another"


async def test_a_person_or_an_organisation_that_is_not_there_is_refused(trained: TrainedTeam) -> None:
    for who, where in ((new_id(), trained.organisation_id), (trained.person_id, new_id())):
        with pytest.raises(NotFound):
            async with trained.begin() as work:
                await add_post(AddPost(new_id(), who, where, Profession.GP), work)
