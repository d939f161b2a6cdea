"""What `pairs up` prints when everything is ready: where each service is, and who can sign in."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.local.running_region import RunningRegion
from shared.contracts.slug import locality_name
from shared.discovery import service


def show_addresses(region: RunningRegion, *, as_json: bool) -> None:
    """A table for people, or one line of JSON."""
    rows = [{**row, "sign_in": f"{row['address']}/sign-in", "sign_in_as": _people(row)} for row in region.services()]
    if as_json:
        typer.echo(json.dumps({"ready": True, "services": rows}))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("", "Address", "Sign in there, without a password, as"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(_name(row), row["address"], row["sign_in_as"])
        for path, what in service(row["service"]).open_to_all.items():
            table.add_row("", f"{row['address']}{path}", f"(nobody signs in: {what})")
    console = Console()
    console.print(table)
    console.print("\nAll families are invented. Ctrl-C ends it; `pairs team add SLUG` adds a team.", highlight=False)


def _name(row: dict[str, Any]) -> str:
    return service(row["service"]).title.format(place=locality_name(row["team"] or ""))


def _people(row: dict[str, Any]) -> str:
    """`practitioner, team administrator or team lead`."""
    *others, last = sorted({role.label.lower() for person in service(row["service"]).people for role in person.roles})
    return " or ".join(filter(None, [", ".join(others), last]))
