"""A tool of a service: what an operator does with its database, as a command of its own program.

    python -m services.<name>.app TOOL --json

A tool is a function with Typer's arguments in the service's `tools/`; its first is the context, whose `obj` is the
address of the service's database (PAIRS_DATABASE_URL). The table of contents has the sentence of its help, and `pairs`
runs it on the right database.
"""

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from shared.kernel.settings import EX_CONFIG, WrongSettings, variable
from shared.manifest import Service

EX_USAGE, EX_UNAVAILABLE = 2, 69


def run_tool(service: Service, words: Sequence[str]) -> NoReturn:
    """The tool that the first word names, and the end of the program: 0 well, 1 refused, 2 wrong words, 78 settings."""
    if words[0] not in service.tools:
        known = "; or one of: " + ", ".join(service.tools) if service.tools else ""
        sys.stderr.write(f"Say nothing, to serve{known}\n")
        sys.exit(EX_USAGE)
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.command(help=service.tools[words[0]])(service.tool(words[0]))
    app(words[1:], prog_name=words[0], obj="" if "--help" in words else _database_url(service.name))
    sys.exit()


def _database_url(service: str) -> str:
    try:
        url = variable("database_url", service=service) or ""
    except WrongSettings as wrong:
        return _wrong(str(wrong))
    return url if url.startswith("postgresql://") else _wrong("PAIRS_DATABASE_URL: name the service's database")


def _wrong(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(EX_CONFIG)
