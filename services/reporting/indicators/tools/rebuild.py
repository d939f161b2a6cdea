"""`pairs rebuild`: facts are made anew from the event log, then figures from the facts, while the old ones serve."""

import json

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.reporting.facts.database.rebuild import Progress as Told
from services.reporting.facts.database.rebuild import RebuildHeldUp
from services.reporting.facts.database.rebuild import rebuild as rebuild_facts
from services.reporting.indicators.database.all_figures import make_all_figures
from shared.cli.installation import run
from shared.cli.listing import AsJson
from shared.discovery import service
from shared.kernel.clock import machine_clock

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def rebuild(context: typer.Context, *, as_json: AsJson = False) -> None:
    """As a superuser or the owner of the tables. Killed half way, nothing is lost; exit code 1 when held up."""
    with Progress(*_COLUMNS, console=Console(stderr=True)) as bar:

        def telling(what: str) -> Told:
            task = bar.add_task(what, total=None)

            def tell(done: int, of: int) -> None:
                bar.update(task, completed=done, total=of)

            return tell

        try:
            events = run(rebuild_facts(context.obj, service("reporting").reactions(), telling("Events")))
        except RebuildHeldUp as held_up:
            typer.echo(str(held_up), err=True)
            raise typer.Exit(1) from None
        teams = run(make_all_figures(context.obj, telling("Figures of teams"), machine_clock))
    told = {"events": events, "teams": teams}
    typer.echo(
        json.dumps(told) if as_json else f"The facts of {events} events and the figures of {teams} teams are new."
    )
