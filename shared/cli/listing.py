"""Print what a command found: a table for people, JSON for programs, and a sentence when there is nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

_WIDER_THAN_ANY = 1000


def show(rows: Sequence[Mapping[str, Any]], *, as_json: bool, empty: str) -> None:
    """Print rows that all have the same keys; the keys are the headings.

    A sentence is broken between words where the window is narrow. A name never is: it would be no name.
    """
    if as_json:
        typer.echo(json.dumps(list(rows), indent=2, default=str))
    elif not rows:
        typer.echo(empty)
    else:
        _print([{name: "" if value is None else str(value) for name, value in row.items()} for row in rows])


def _print(rows: Sequence[Mapping[str, str]]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in rows[0]:
        is_a_name = not any(" " in row[heading] for row in rows)
        table.add_column(heading.replace("_", " ").capitalize(), no_wrap=is_a_name)
    for row in rows:
        table.add_row(*row.values())
    console = Console()
    least = console.measure(table, options=console.options.update(width=_WIDER_THAN_ANY)).minimum
    Console(width=max(console.width, least)).print(table)
