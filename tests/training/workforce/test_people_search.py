"""People are found by what stands beside their names, whoever stored them and however many there are."""

from typing import Any

from sqlalchemy import event

from services.training.database.person_names import with_names
from services.training.database.workforce_tables import person
from services.training.erasure.commands.erase_person import ErasePerson, erase_person
from services.training.workforce.commands.change_person import ChangePerson, change_person
from services.training.workforce.domain.person import ErasedWhy
from services.training.workforce.queries.people_search import MOST_FOUND, people_search
from tests.training.conftest import TOM, TrainedTeam
from tests.training.workforce.importing import people, sends, stores


async def test_whoever_stores_a_name_stores_what_it_is_found_by(taught: TrainedTeam) -> None:
    """People who were added, who booked, who were joined and parted, of a file and of one that changes them."""
    await stores(taught, await sends(taught, *people(2)))
    await stores(taught, await sends(taught, *(row.replace("Family", "Relative") for row in people(2))))
    version = (await taught.row(person, id=taught.person_id)).version
    change = ChangePerson(taught.person_id, version, "Ruth", "Clark", "ruth@grange.example", False, None)
    async with taught.begin() as work:
        await change_person(change, work)
    other = await taught.row(person, id=taught.other_id)
    async with taught.begin(TOM) as work:
        await erase_person(ErasePerson(other.id, other.version, ErasedWhy.ASKED), work)

    rows = [dict(row._mapping) for row in await taught.rows(person)]
    assert {"Clark", "(erased)", "Relative07919000"} <= {row["family_name"] for row in rows}
    assert any(row["earlier_names"] for row in rows)
    assert [row for row in rows if with_names(row) != row] == []


async def test_a_letter_that_very_many_names_begin_with_shows_the_first_of_them(trained: TrainedTeam) -> None:
    await stores(trained, await sends(trained, *people(2 * MOST_FOUND)))
    heard: list[int] = []

    def hears(_: Any, __: Any, ___: str, parameters: Any, *____: Any) -> None:
        heard.append(len(parameters))

    async with trained.begin() as work:
        event.listen(work.session.get_bind(), "before_cursor_execute", hears)
        found = await people_search(work, "f")

    assert [one.name.split()[1] for one in found.people] == [row.split(",")[3] for row in people(MOST_FOUND)]
    assert found.is_cut
    assert max(heard) <= MOST_FOUND + 5
