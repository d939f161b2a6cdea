"""Fixtures of real servers, and names of cases that are the same in every process of a run."""

from typing import Any
from uuid import UUID

import structlog

pytest_plugins = ["shared.testing.servers", "shared.testing.recycled", "shared.testing.browser"]

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
