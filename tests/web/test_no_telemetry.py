"""What FastAPI could tell a telemetry, paths and messages of exceptions among it, is told to none."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry import _logs, metrics, trace

from shared.web.health import create_health

asked_for: list[str] = []


class Listening:
    """Stands for the providers that someone set up for the whole process."""

    def __getattr__(self, name: str) -> object:
        asked_for.append(name)
        raise AttributeError(name)


@pytest.mark.parametrize("path", ["/", "/api/broken", "/nothing-of/Leonie?name=Example"])
async def test_nothing_is_told_to_a_telemetry_that_somebody_switched_on(
    sample: FastAPI, client_of: Callable[..., httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(trace, "get_tracer_provider", Listening)
    monkeypatch.setattr(metrics, "get_meter_provider", Listening)
    monkeypatch.setattr(_logs, "get_logger_provider", Listening)

    async with client_of(sample) as pages, client_of(create_health(live={}, ready={})) as private:
        assert (await pages.get(path)).status_code in (200, 404, 500)
        assert (await private.get("/livez")).status_code == 200

    assert asked_for == []
