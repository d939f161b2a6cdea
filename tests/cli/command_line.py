"""`pairs` as it is typed, but in this process: to begin one takes most of a second of a processor.

A command that takes the signals or the log of its process for itself (`up`, a tool of a service) begins one.
"""

from collections.abc import Mapping
from typing import NamedTuple

from typer.testing import CliRunner

from deploy.local import __main__ as _commands_of_a_checkout
from shared.cli import pairs as command_line

assert _commands_of_a_checkout


class Answer(NamedTuple):
    """How it ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def pairs(*words: str, environment: Mapping[str, str] | None = None) -> Answer:
    """Raises what the command raises, as it would show the operator a traceback."""
    ended = CliRunner(env=environment).invoke(command_line.app, words, catch_exceptions=False)
    return Answer(ended.exit_code, ended.stdout, ended.stderr)
