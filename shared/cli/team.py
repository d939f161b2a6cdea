"""`pairs team`: what belongs to one team, while everything else keeps running."""

from typing import Annotated, Any

import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.listing import AsJson, show
from shared.cli.tools import add_tools
from shared.kernel.clock import machine_clock
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
