"""Who was not in a file of everybody has left, if somebody says so."""

from datetime import date

import pytest

from services.training.database.workforce_tables import post, workforce_import
from services.training.workforce.commands.confirm_leavers import ConfirmLeavers, confirm_leavers
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam
from tests.training.workforce.importing import people, sends, stores

RUTH = "Grange Park,00123,Ruth,Bennett,ruth@grange.example,Health visitor,,"


async def without_the_other_ruth(trained: TrainedTeam, others: int) -> ConfirmLeavers:
    """The file names everybody but her."""
    import_id = await sends(trained, RUTH, *people(others), everybody=True)
    await stores(trained, import_id)
    missing = (await trained.row(workforce_import, id=import_id)).missing
    assert missing == [trained.other_id]
    return ConfirmLeavers(import_id, frozenset(missing), date(2026, 2, 28))


async def test_nobody_leaves_by_the_file_and_one_of_twenty_when_somebody_says_so(trained: TrainedTeam) -> None:
    command = await without_the_other_ruth(trained, 18)
    assert (await trained.row(post, id=trained.other_id)).until_on is None

    async with trained.begin() as work:
        await confirm_leavers(command, work)

    assert (await trained.row(post, id=trained.other_id)).until_on == date(2026, 3, 1)


async def test_more_than_one_in_ten_is_refused_until_somebody_says_yes_once_more(trained: TrainedTeam) -> None:
    command = await without_the_other_ruth(trained, 7)
    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await confirm_leavers(command, work)
    assert refused.value.sentence.startswith("1 of 9 people have left?")

    async with trained.begin() as work:
        sure = ConfirmLeavers(command.import_id, command.posts, command.last_on, is_sure=True)
        await confirm_leavers(sure, work)
    assert (await trained.row(post, id=trained.other_id)).until_on == date(2026, 3, 1)


async def test_somebody_whom_the_file_names_has_not_left_by_it(trained: TrainedTeam) -> None:
    command = await without_the_other_ruth(trained, 18)
    for who in (trained.person_id, new_id()):
        with pytest.raises(RuleBroken) as refused:
            async with trained.begin() as work:
                await confirm_leavers(ConfirmLeavers(command.import_id, frozenset({who}), TODAY), work)
        assert refused.value.code == "leaver_named"
