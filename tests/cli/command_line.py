"""`pairs` as it is typed, but in this process: to begin one takes most of a second of a processor.

A command that takes the signals or the log of its process for itself (`up`, a tool of a service) begins one.
"""

import threading
from collections.abc import Mapping
from typing import NamedTuple

from typer.testing import CliRunner

import deploy.local.__main__  # noqa: F401  # pyright: ignore[reportUnusedImport] - adds the commands of a checkout
from shared.cli import pairs as command_line

_one_at_a_time = threading.Lock()
"""It has the output and the environment of the whole process."""


class Answer(NamedTuple):
    """How it ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def pairs(*words: str, environment: Mapping[str, str] | None = None) -> Answer:
    """Raises what the command raises, as it would show the operator a traceback."""
    with _one_at_a_time:
        ended = CliRunner(env=environment).invoke(command_line.app, words, catch_exceptions=False)
    return Answer(ended.exit_code, ended.stdout, ended.stderr)
