"""`pairs provision` and `pairs migrate`: what must be there before a service starts. Each ends when it is done.

    pairs provision blackpool --secrets /var/lib/pairs/secrets      databases, roles, Redis users, secrets, announcement
    pairs migrate blackpool                                         tables

Without a team they are about the region's own services. Both know the services that are here, find the servers as every
command does, and change nothing when they are run again.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.listing import AsJson, show
from shared.database.migrations import current, head, newest, upgrade
from shared.kernel.errors import Refusal
from shared.manifest import Service
from shared.tenancy.access_files import keys_of, write_access
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import check, database_name, redis_user
from shared.tenancy.provisioning import announce_team, provision_reader, provision_service
from shared.tenancy.secret_folder import SecretFolder

Teams = Annotated[list[str] | None, typer.Argument(help="Teams' slugs; none: the region's own services.")]
Secrets = Annotated[
    Path, typer.Option("--secrets", help="Folder of passwords and keys, to be kept; each service's files are in it.")
]
WhileServing = Annotated[
    bool, typer.Option("--while-serving", help="Refuse what the services that run now could not work with.")
]
Finish = Annotated[
    bool, typer.Option("--finish", help="Take away, too, what only older services need: none of them can run again.")
]


def provision(teams: Teams = None, *, secrets: Secrets, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Make databases, roles, Redis users and secrets, and announce a team. What is there stays as it is."""
    rows = run(_provision(admin_urls(state), teams or [], secrets))
    show(rows, as_json=as_json, empty="No service is here.")


def migrate(
    teams: Teams = None,
    *,
    while_serving: WhileServing = False,
    finish: Finish = False,
    state: State = DEFAULT_STATE,
    as_json: AsJson = False,
) -> None:
    """Bring the tables to what the services here expect. Those that have it are left alone."""
    rows = run(_migrate(admin_urls(state), teams or [], while_serving=while_serving, finish=finish))
    show(rows, as_json=as_json, empty="No service is here.")


async def _provision(admin: AdminUrls, teams: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    secrets, rows = SecretFolder(folder), list[dict[str, Any]]()
    for team, service in _services(teams):
        access = await provision_service(
            admin, team, service.name, secrets, reads=sorted(service.reads), is_networked=service.is_networked
        )
        own = folder / redis_user(team, service.name)
        write_access(own, access, keys=keys_of(team, service.secrets, secrets))
        database = database_name(team, service.name)
        rows.append({"team": team, "service": service.name, "database": database, "secrets": str(own)})
    if not teams:
        await provision_reader(admin, secrets)
    for team in teams:
        await announce_team(admin, team, [service.name for service in discovery.of_team()])
    return rows


async def _migrate(
    admin: AdminUrls, teams: Sequence[str], *, while_serving: bool, finish: bool
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for team, service in _services(teams):
        database = database_name(team, service.name)
        url = url_of(admin.postgres, database=database)
        try:
            before = await current(url)
        except asyncpg.InvalidCatalogNameError:
            words = f"pairs provision {team}" if team else "pairs provision"
            raise Refusal("not_provisioned", f"There is no database {database}: run `{words}` first.") from None
        to = newest(service.name) if finish or before is None else max(before, head(service.name))
        if to <= newest(service.name):  # otherwise newer code has been here, and this is the way back
            await upgrade(admin.postgres, service.name, database, to=to, while_serving=while_serving, none_older=finish)
        rows.append({"team": team, "service": service.name, "before": before, "after": await current(url)})
    return rows


def _services(teams: Sequence[str]) -> Iterator[tuple[str | None, Service]]:
    """Raises NotAName before anything is done."""
    wanted = [(team, service) for team in teams for service in discovery.of_team()]
    for team, service in wanted:
        check(team, service.name)
    yield from wanted or [(None, service) for service in discovery.of_region()]
