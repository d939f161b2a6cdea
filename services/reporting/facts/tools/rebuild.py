"""`pairs rebuild`: make the facts anew from the event log, while the old ones serve."""

import json

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.reporting.facts.database.rebuild import RebuildHeldUp
from services.reporting.facts.database.rebuild import rebuild as rebuild_facts
from shared.cli.installation import run
from shared.cli.listing import AsJson
from shared.discovery import service

_COLUMNS = (TextColumn("Rebuilding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def rebuild(context: typer.Context, *, as_json: AsJson = False) -> None:
    """As a superuser or the owner of the tables. Killed half way, nothing has changed; exit code 1 when held up."""
    with Progress(*_COLUMNS, console=Console(stderr=True)) as bar:
        task = bar.add_task("events")

        def tell(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        try:
            events = run(rebuild_facts(context.obj, service("reporting").reactions(), tell))
        except RebuildHeldUp as held_up:
            typer.echo(str(held_up), err=True)
            raise typer.Exit(1) from None
    typer.echo(json.dumps({"events": events}) if as_json else f"The facts were made anew from {events} events.")
