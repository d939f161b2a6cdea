"""Places where a test may kill the process: between every two steps that must not come apart."""

from collections.abc import Callable

Reached = Callable[[str], None]
"""Told the name of each step that was done."""


def go_on(step: str) -> None:
    """What happens at a step outside of a test: nothing."""
