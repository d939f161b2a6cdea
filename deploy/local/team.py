"""`pairs team add|list|remove`: teams of the region that `pairs up` runs here, while everything else keeps running."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.local.account import server_account, state_folder
from deploy.local.control import NobodyAnswers, ask
from shared.cli.installation import DEFAULT_STATE, State, stop
from shared.cli.listing import AsJson, show
from shared.cli.team import Slug
from shared.kernel.errors import Refusal


def add(
    slug: Slug,
    *,
    demonstration: Annotated[bool, typer.Option("--demonstration", help="With a year of invented families.")] = False,
    state: State = DEFAULT_STATE,
    as_json: AsJson = False,
) -> None:
    """Add a team to the running region. Nothing else is started again."""
    rows = _ask(state, {"do": "add", "team": slug, "demonstration": demonstration})
    show([row for row in rows if row["team"] == slug], as_json=as_json, empty="")


def list_teams(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Show each team's services, addresses and process ids."""
    rows = _ask(state, {"do": "list"})
    show(rows, as_json=as_json, empty="")


def remove(slug: Slug, *, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Take a team out of the running region. Its database, and what it published, stay."""
    rows = _ask(state, {"do": "remove", "team": slug})
    show(rows, as_json=as_json, empty="")


def _ask(state: Path, question: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        return asyncio.run(ask(state_folder(state, server_account()), question))
    except NobodyAnswers as nobody:
        stop(nobody.sentence)
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from None
