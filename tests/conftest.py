"""Fixtures of real servers, names of cases that are the same in every process of a run, and their order."""

import gc
from typing import Any
from uuid import UUID

import pytest
import structlog

pytest_plugins = ["shared.testing.servers", "shared.testing.recycled", "shared.testing.browser"]

STARTS_SOMETHING = {"chromium", "emptied_servers", "the_office"}

# As usual outside of a service, but for the variables of each frame: to draw them takes ten seconds of a busy machine.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """A case is named by what it changes, never by an id or a set, which are others in each process."""
    if isinstance(val, dict):
        return ", ".join(str(name) for name in val) or "as usual"
    if isinstance(val, (set, frozenset, UUID)):
        return argname
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts servers or a browser comes first, file by file, so that both workers end with what is quick."""
    slow = {
        item.path
        for item in items
        if STARTS_SOMETHING & set(getattr(item, "fixturenames", ())) or "deploy" in item.path.parts
    }
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: to look through it for garbage time and again took a twelfth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
