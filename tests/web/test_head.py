"""HEAD is answered like GET by every page, without a body."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from shared.web.health import create_health
from shared.web.live import MOST_STREAMS_PER_CLIENT
from shared.web.static_files import static_url


async def test_every_page_answers_head_as_it_answers_get(lead: httpx.AsyncClient, sample: FastAPI) -> None:
    paths = [path for path in paths_of(sample.routes) if "{" not in path and path != "/live"]
    assert len(paths) > 5
    for path in [*paths, static_url("pairs.css"), "/nowhere"]:
        got, asked = await lead.get(path), await lead.head(path)
        assert (asked.status_code, asked.content) == (got.status_code, b""), path
        assert dict(asked.headers) == dict(got.headers), path


def paths_of(routes: Sequence[BaseRoute]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route.path


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
async def test_a_monitor_may_ask_the_private_port_by_head(
    client_of: Callable[..., httpx.AsyncClient], path: str
) -> None:
    async with client_of(create_health(live={}, ready={})) as client:
        answer = await client.head(path)

    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_stream_without_an_end_ends_after_its_headers_and_the_connection_goes_on(
    running: tuple[FastAPI, str],
) -> None:
    _, address = running
    async with httpx.AsyncClient(base_url=address) as client, asyncio.timeout(5):
        asked = [(await client.head("/live")).status_code for _ in range(2 * MOST_STREAMS_PER_CLIENT)]

    assert asked == [200] * len(asked)
