"""Print what a command found: a table for people, JSON for programs, and a sentence when there is nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def show(rows: Sequence[Mapping[str, Any]], *, as_json: bool, empty: str) -> None:
    """Print rows that all have the same keys; the keys are the headings."""
    if as_json:
        typer.echo(json.dumps(list(rows), indent=2, default=str))
    elif not rows:
        typer.echo(empty)
    else:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in rows[0]:
            table.add_column(heading.replace("_", " ").capitalize(), overflow="fold")
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        Console().print(table)
