import asyncio
from collections.abc import Callable

import httpx
from prometheus_client import CollectorRegistry, Counter

from shared.web.health import Check, create_health


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
    registry = CollectorRegistry()
    Counter("pairs_sample", "Samples.", registry=registry).inc(3)
    async with client_of(create_health(live=live, ready=ready, registry=registry)) as client:
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


async def test_the_figures_are_there_for_prometheus(client_of: Callable[..., httpx.AsyncClient]) -> None:
    answer = await get("/metrics", client_of, {}, {})

    assert "pairs_sample_total 3.0" in answer.text
