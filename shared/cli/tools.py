"""The tools of services as commands: `pairs rebuild` for a service of the region, `pairs team client SLUG …` of a team.

Each runs the service's own program on its own database, as an operator; the words after are the program's.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.installation import DEFAULT_STATE, State, admin_urls
from shared.manifest import Service
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name

Words = Annotated[list[str] | None, typer.Argument(help="As `--help` after the command says.", metavar="…")]
Slug = Annotated[str, typer.Argument(help="The team's slug.")]

_AS_THEY_ARE = {"ignore_unknown_options": True, "help_option_names": list[str]()}


def add_tools(app: typer.Typer, services: Sequence[Service]) -> None:
    """A command for each tool of these services."""
    for service in services:
        for name, sentence in service.tools.items():
            make = _of_a_team if service.of == "team" else _of_the_region
            app.command(name, help=sentence, context_settings=_AS_THEY_ARE)(make(service, name))


def _of_a_team(service: Service, tool: str) -> Callable[..., None]:
    def run(slug: Slug, words: Words = None, *, state: State = DEFAULT_STATE) -> None:
        _run(service, tool, slug, words or [], state)

    return run


def _of_the_region(service: Service, tool: str) -> Callable[..., None]:
    def run(words: Words = None, *, state: State = DEFAULT_STATE) -> None:
        _run(service, tool, None, words or [], state)

    return run


def _run(service: Service, tool: str, team: str | None, words: Sequence[str], state: Path) -> None:
    """The end of the program, with the tool's exit code."""
    command, environment = [sys.executable, "-m", f"{service.package}.app", tool], dict(os.environ)
    if "--help" in (team, *words):
        words = ["--help"]
    else:
        url = url_of(admin_urls(state).postgres, database=database_name(team, service.name))
        environment["PAIRS_DATABASE_URL"] = url
    raise typer.Exit(subprocess.run([*command, *words], check=False, env=environment).returncode)
