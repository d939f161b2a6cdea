import asyncio
from collections.abc import Callable

import httpx
import pytest

from shared.kernel.metrics import BEHIND_EVENTS, DEAD_LETTERS, Measure
from shared.web.health import Check, create_health


async def hangs_and_stops_slowly() -> None:
    """As a connection to a database that fell silent: it says good-bye first, and waits for an answer to that."""
    try:
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(5)


async def works() -> None:
    pass


async def fails() -> None:
    secret = "postgresql://role:password@host/database"
    raise ConnectionError(secret)


async def hangs() -> None:
    await asyncio.sleep(60)


async def get(
    path: str, client_of: Callable[..., httpx.AsyncClient], live: dict[str, Check], ready: dict[str, Check]
) -> httpx.Response:
    async with client_of(create_health(live=live, ready=ready)) as client:
        return await client.get(path)


async def test_a_process_whose_checks_pass_lives_and_is_ready(client_of: Callable[..., httpx.AsyncClient]) -> None:
    for path in ("/livez", "/readyz"):
        answer = await get(path, client_of, {"reader": works}, {"database": works})

        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_what_fails_is_named_without_its_secrets(client_of: Callable[..., httpx.AsyncClient]) -> None:
    answer = await get("/readyz", client_of, {"reader": works}, {"database": fails, "redis": works})

    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "failing": ["database"]}


async def test_a_database_that_is_away_does_not_restart_the_process(
    client_of: Callable[..., httpx.AsyncClient],
) -> None:
    assert (await get("/livez", client_of, {"reader": works}, {"database": fails})).status_code == 200
    assert (await get("/livez", client_of, {"reader": fails}, {})).status_code == 503


async def test_a_check_that_hangs_has_failed_after_a_second(client_of: Callable[..., httpx.AsyncClient]) -> None:
    started = asyncio.get_running_loop().time()

    answer = await get("/readyz", client_of, {}, {"redis": hangs, "database": hangs})

    assert answer.json()["failing"] == ["redis", "database"]
    assert asyncio.get_running_loop().time() - started < 3


async def test_a_check_that_takes_its_time_to_stop_is_not_waited_for(
    client_of: Callable[..., httpx.AsyncClient],
) -> None:
    """Whoever asks takes a process that does not answer within three seconds for one that hangs."""
    started = asyncio.get_running_loop().time()

    answer = await get("/readyz", client_of, {}, {"redis": works, "database": hangs_and_stops_slowly})

    assert answer.json()["failing"] == ["database"]
    assert asyncio.get_running_loop().time() - started < 3


async def test_figures_are_taken_when_somebody_asks_for_them(client_of: Callable[..., httpx.AsyncClient]) -> None:
    streams = iter(["one", "other"])

    async def take() -> None:
        BEHIND_EVENTS.labels(next(streams)).set(3)

    measures = {"unread": Measure((BEHIND_EVENTS,), take)}
    async with client_of(create_health(live={}, ready={}, measures=measures)) as client:
        first, second = (await client.get("/metrics")).text, (await client.get("/metrics")).text

    assert 'pairs_reader_behind_events{stream="one"} 3.0' in first
    assert 'pairs_reader_behind_events{stream="other"} 3.0' in second
    assert 'stream="one"' not in second
    assert 'pairs_not_measured{measure="unread"} 0.0' in second


@pytest.mark.parametrize("broken", [fails, hangs])
async def test_what_cannot_be_measured_is_absent_and_said_to_be_and_the_rest_is_there(
    client_of: Callable[..., httpx.AsyncClient], broken: Check
) -> None:
    DEAD_LETTERS.labels("old").set(1)

    async def take() -> None:
        BEHIND_EVENTS.labels("one").set(3)

    async def give_up() -> None:
        await broken()

    measures = {"lost": Measure((DEAD_LETTERS,), give_up), "unread": Measure((BEHIND_EVENTS,), take)}
    async with client_of(create_health(live={}, ready={}, measures=measures)) as client:
        answer = await client.get("/metrics")

    assert answer.status_code == 200
    assert "pairs_dead_letters{" not in answer.text
    assert 'pairs_not_measured{measure="lost"} 1.0' in answer.text
    assert 'pairs_reader_behind_events{stream="one"} 3.0' in answer.text
    assert "password" not in answer.text
