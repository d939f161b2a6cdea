"""Fixtures of real servers, and names of cases that are the same in every process of a run."""

from typing import Any
from uuid import UUID

pytest_plugins = ["shared.testing.servers", "shared.testing.recycled", "shared.testing.browser"]


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """A case is named by what it changes, never by an id or a set, which are others in each process."""
    if isinstance(val, dict):
        return ", ".join(str(name) for name in val) or "as usual"
    if isinstance(val, (set, frozenset, UUID)):
        return argname
    return None
