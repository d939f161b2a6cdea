"""How an operator's program ends, whatever became of it: with a code and a sentence, also when a server is away."""

import sys
from collections.abc import Coroutine
from typing import Any, NoReturn

import typer

from shared.cli.installation import run


def ended(work: Coroutine[Any, Any, int | None]) -> NoReturn:
    """Do the work; the end of the program: 0 or what the work gives, 1 when it is refused, 69 for a silent server."""
    try:
        sys.exit(run(work))
    except typer.Exit as end:
        sys.exit(end.exit_code)
