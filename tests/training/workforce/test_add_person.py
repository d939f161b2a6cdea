"""Putting somebody on the register."""

from typing import Any

import pytest

from services.training.database.workforce_tables import person, post
from services.training.workforce.commands.add_person import AddPerson, add_person
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import PRIYA, TrainedTeam


def a_person(trained: TrainedTeam, **changes: Any) -> AddPerson:
    usual: dict[str, Any] = {
        "person_id": new_id(),
        "given_name": "Zoë",
        "family_name": "O’Brien",
        "email": "zoe@grange.example",
        "organisation_id": trained.organisation_id,
        "profession": Profession.MIDWIFE,
    }
    return AddPerson(**(usual | changes))


async def test_somebody_who_is_sent_twice_is_one_person_with_one_job(trained: TrainedTeam) -> None:
    command = a_person(trained, staff_number="00042")

    for _ in range(2):
        async with trained.begin() as work:
            await add_person(command, work)

    assert (await trained.row(person, id=command.person_id)).family_name == "O’Brien"
    assert (await trained.row(post, person_id=command.person_id)).staff_number == "00042"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_name": " "}, "given_name"),
        ({"family_name": "x" * 61}, "family_name"),
        ({"email": "zoe at grange"}, "email"),
        ({"email": "zoe@grange,example.org"}, "email"),
    ],
)
async def test_what_is_missing_or_wrong_is_refused_by_its_question(
    trained: TrainedTeam, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await add_person(a_person(trained, **changes), work)

    assert refused.value.field == field


async def test_an_organisation_that_is_not_there_is_refused_and_so_is_a_practitioner(trained: TrainedTeam) -> None:
    with pytest.raises(NotFound):
        async with trained.begin() as work:
            await add_person(a_person(trained, organisation_id=new_id()), work)
    with pytest.raises(NotAllowed):
        async with trained.begin(PRIYA) as work:
            await add_person(a_person(trained), work)
