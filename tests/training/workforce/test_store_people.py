"""What a file of people says is on the register."""

import json
from time import sleep
from typing import Any

import pytest
from sqlalchemy import event, text

from services.training.database.workforce_tables import person, post, workforce_import
from services.training.workforce.commands.store_people import StorePeople, store_people
from services.training.workforce.database import workforce_imports
from services.training.workforce.domain.import_plan import Outcome, Plan, Planner
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.training.conftest import PRIYA, TrainedTeam
from tests.training.workforce.importing import people, preview, sends, stores

RUTH = "Grange Park,00123,Ruth,Bennett,ruth@grange.example,Health visitor,,"


async def test_the_same_file_twice_adds_and_changes_nothing_the_second_time(trained: TrainedTeam) -> None:
    rows = [*people(60), RUTH]
    first = await stores(trained, await sends(trained, *rows))
    second = await stores(trained, await sends(trained, *rows))

    assert (first["added"], first["updated"], first["unchanged"]) == (60, 0, 1)
    assert (second["added"], second["updated"], second["unchanged"]) == (0, 0, 61)
    assert len(await trained.rows(person)) == 62


async def test_what_the_preview_says_is_what_is_stored(trained: TrainedTeam) -> None:
    changed = RUTH.replace("Bennett", "Clark")
    import_id = await sends(trained, *people(2), changed)
    plan = await preview(trained, import_id)
    counts = await stores(trained, import_id)

    assert counts == {outcome.value: number for outcome, number in plan.counts.items()}
    ruth = await trained.row(person, id=trained.person_id)
    assert (ruth.family_name, ruth.earlier_names) == ("Clark", ["Ruth Bennett"])


async def test_seventeen_mistakes_are_seventeen_lines_nothing_is_stored_and_the_file_is_kept(
    trained: TrainedTeam,
) -> None:
    rows = [row.replace("Midwife", "Wizard") for row in people(17)] + people(20)[17:]
    import_id = await sends(trained, *rows)

    with pytest.raises(RuleBroken) as refused:
        async with trained.begin() as work:
            await store_people(StorePeople(import_id), work)

    assert refused.value.code == "import_not_ready"
    plan = await preview(trained, import_id)
    assert plan.counts[Outcome.WRONG] == 17
    assert len(await trained.rows(post)) == 2
    assert (await trained.row(workforce_import, id=import_id)).content


async def test_whoever_presses_twice_stores_once_and_the_file_is_not_kept_beside_the_register(
    trained: TrainedTeam,
) -> None:
    import_id = await sends(trained, *people(1))
    assert await stores(trained, import_id) == await stores(trained, import_id)

    assert (await trained.row(workforce_import, id=import_id)).content == b""
    assert len(await trained.rows(post)) == 3


async def test_a_practitioner_does_not_store_it(trained: TrainedTeam) -> None:
    import_id = await sends(trained, *people(1))

    with pytest.raises(NotAllowed):
        async with trained.begin(PRIYA) as work:
            await store_people(StorePeople(import_id), work)


async def test_the_server_ends_nobody_who_reckons_with_a_long_file_on_a_busy_machine(
    trained: TrainedTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = await sends(trained, *people(2))

    def plan_slowly(planner: Planner, file: Any) -> Plan:
        sleep(0.6)
        return plan(planner, file)

    plan = Planner.plan
    monkeypatch.setattr(Planner, "plan", plan_slowly)
    async with trained.begin() as work:
        await work.session.execute(text("SET LOCAL idle_in_transaction_session_timeout = '200ms'"))
        await store_people(StorePeople(import_id), work)

    assert len(await trained.rows(post)) == 4


async def test_jobs_that_a_file_ends_are_written_some_at_once_in_the_order_of_their_people(
    trained: TrainedTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = people(10)
    await stores(trained, await sends(trained, *rows))
    monkeypatch.setattr(workforce_imports, "AT_ONCE", 4, raising=False)
    ended = [f"{row}01/10/2025".replace("Family", "Relative") for row in reversed(rows)]
    import_id = await sends(trained, *ended, *people(19)[10:])
    heard: list[tuple[str, Any]] = []

    async with trained.begin() as work:
        engine = work.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *said: heard.append((said[2], said[3])))
        await store_people(StorePeople(import_id), work)

    written = {
        words: [said for statement, said in heard if statement.startswith(words)]
        for words in ("INSERT INTO person ", "INSERT INTO post ", "UPDATE person ", "UPDATE post ")
    }
    assert {words: len(said) for words, said in written.items()} == dict.fromkeys(written, 3)
    jobs = [job for said in written["UPDATE post "] for job in json.loads(said[0])]
    assert [job["person_id"] for job in jobs] == sorted(job["person_id"] for job in jobs)
    assert len([one for one in await trained.rows(post) if str(one.until_on) == "2025-10-02"]) == 10
    assert len([one for one in await trained.rows(person) if one.family_name.startswith("Relative")]) == 10
