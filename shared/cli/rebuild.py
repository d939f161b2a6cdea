"""`pairs rebuild`: make reporting's facts anew from its event log, while the old ones serve."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shared.cli.installation import DEFAULT_STATE, AsJson, State, admin_urls, run
from shared.cli.lag import REPORTING
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name


def rebuild(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Rebuild the facts; killed half way, nothing has changed. Exit code 1 when they could not be put in place."""
    url = url_of(admin_urls(state).postgres, database=database_name(None, REPORTING))
    code, events = run(_rebuild(url))
    if code:
        raise typer.Exit(1)
    typer.echo(json.dumps({"events": events}) if as_json else f"The facts were made anew from {events} events.")


async def _rebuild(url: str) -> tuple[int, int]:
    """Run the service's own program, which knows its projections; its exit code and how many events there were."""
    environment = {**os.environ, "PAIRS_DATABASE_URL": url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.reporting.app", "rebuild", stdout=PIPE, env=environment
    )
    columns = (TextColumn("Rebuilding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    events = 0
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("events")
        assert process.stdout is not None  # noqa: S101 - it was asked for
        async for line in process.stdout:
            step = json.loads(line)
            events = step.get("rebuilt", events)
            bar.update(task, completed=step.get("done", events), total=step.get("of", events))
    return await process.wait(), events
