"""The pages of training, walked by everybody who works with them."""

from services.training.coverage.domain.champion import COURSE
from services.training.merges.commands.merge_people import MergePeople, merge_people
from shared.kernel.identifiers import new_id
from shared.testing.page_walk import failing, unreached, wrongly_answered
from shared.testing.workbook import unlike_files
from tests.training.conftest import PRIYA, TOM, TrainedTeam
from tests.training.coverage.trained_people import Filled
from tests.training.workforce.importing import people, sends, stores


async def test_each_page_is_shown_to_who_may_see_it_and_to_nobody_else(taught: TrainedTeam) -> None:
    assert await wrongly_answered(taught.walked) == []


async def test_each_page_is_reached_by_links_and_none_is_refused(taught: TrainedTeam) -> None:
    async with taught.begin() as work:
        await merge_people(MergePeople(new_id(), taught.other_id, taught.person_id, "She told us."), work)
    await Filled(taught).hold([taught.person_id], course=COURSE)
    await sends(taught, *people(1))
    await stores(taught, await sends(taught, *people(1), everybody=True))

    assert await unreached(taught.walked, by_email=taught.by_email) == []


async def test_whatever_stands_in_an_address_no_page_fails(taught: TrainedTeam) -> None:
    assert await failing(taught.walked) == []


async def test_the_menu_says_how_many_tasks_wait_for_its_reader(taught: TrainedTeam) -> None:
    pages = {one.name: (await client.get("/courses")).text for one, client in taught.walked.clients.items()}

    counted = '>Tasks<span class="pairs-count">2<span class="nhsuk-u-visually-hidden"> open</span></span></a>'
    assert counted in pages[TOM.name]
    assert ">Tasks</a>" in pages[PRIYA.name]


async def test_each_list_comes_as_a_workbook_that_says_what_its_csv_file_says(taught: TrainedTeam) -> None:
    assert await unlike_files(taught.walked) == []


async def test_the_lead_reads_who_looked_at_what(trained: TrainedTeam) -> None:
    await trained.ann.get("/people")

    assert "Looked at the people" in (await trained.walked.clients[TOM].get("/audit")).text
