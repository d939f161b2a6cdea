"""Print what a command found: a table for people, JSON for programs, and a sentence when there is nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

_GAP = 2
"""Between two columns."""


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
    columns = {name.replace("_", " ").capitalize(): [row[name] for row in rows] for name in rows[0]}
    widths = _widths(columns, Console().width)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading, width in zip(columns, widths, strict=True):
        table.add_column(heading, width=width)
    for row in rows:
        table.add_row(*row.values())
    Console(width=sum(widths) + _GAP * len(widths)).print(table)


def _widths(columns: Mapping[str, Sequence[str]], window: int) -> Sequence[int]:
    """Each column has room for its heading and its longest word; what is left goes first to who needs least more."""
    least = [max(map(len, [heading, *" ".join(cells).split()])) for heading, cells in columns.items()]
    lacking = [max(map(len, cells)) - width for cells, width in zip(columns.values(), least, strict=True)]
    left, widths = window - sum(least) - _GAP * len(least), list(least)
    for number in sorted(range(len(least)), key=lambda number: lacking[number]):
        more = max(0, min(left, lacking[number]))
        widths[number] += more
        left -= more
    return widths
