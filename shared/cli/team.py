"""`pairs team`: add, list and remove teams, and what belongs to one, while everything else keeps running."""

import asyncio
from typing import Annotated, Any

import typer

from shared import discovery
from shared.cli.control import NobodyAnswers, ask
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run, stop
from shared.cli.listing import AsJson, show
from shared.cli.tools import add_tools
from shared.embedded.account import server_account, state_folder
from shared.kernel.clock import machine_clock
from shared.kernel.errors import Refusal
from shared.kernel.postgres import connected
from shared.relay.restored import team_restored
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams

app = typer.Typer(help=__doc__, no_args_is_help=True, rich_markup_mode=None)
add_tools(app, discovery.of_team())

Slug = Annotated[str, typer.Argument(help="Small letters, digits and hyphens, such as blackburn-with-darwen.")]


@app.command()
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


@app.command("list")
def list_teams(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Show each team's services, addresses and process ids."""
    rows = _ask(state, {"do": "list"})
    show(rows, as_json=as_json, empty="")


@app.command()
def remove(slug: Slug, *, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Take a team out of the running region. Its database, and what it published, stay."""
    rows = _ask(state, {"do": "remove", "team": slug})
    show(rows, as_json=as_json, empty="")


@app.command()
def restored(slug: Slug, *, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Say that a team's database was restored to the past: what it has is published again, as a new history."""
    rows = run(_restored(admin_urls(state), slug))
    show(rows, as_json=as_json, empty=f"The registry knows no team {slug}.")
    if not rows:
        raise typer.Exit(1)


async def _restored(admin: AdminUrls, slug: str) -> list[dict[str, Any]]:
    async with operator(admin) as redis:
        known = (await teams(redis)).get(slug)
        services = known.services if known else ()
        for service in services:
            async with connected(url_of(admin.postgres, database=database_name(slug, service))) as connection:
                await team_restored(connection, redis, slug, service, clock=machine_clock)
        return [{"team": slug, "service": service, "published": "again, from the beginning"} for service in services]


def _ask(state: Any, question: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        return asyncio.run(ask(state_folder(state, server_account()), question))
    except NobodyAnswers as nobody:
        stop(nobody.sentence)
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from None
