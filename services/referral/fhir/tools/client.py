"""`pairs team client TEAM NAME`: let another system refer to a team by FHIR, and read records if that was agreed."""

from typing import Annotated

import typer

from services.referral.fhir.commands.register_api_client import ApiCredentials, RegisterApiClient, register_api_client
from shared.cli.installation import run
from shared.cli.listing import AsJson, show
from shared.database.engines import create_engine
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.unit_of_work import UnitOfWork, UnitsOfWork


def client(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What to call the other system, such as royal-neonatal.")],
    *,
    may_read: Annotated[bool, typer.Option("--may-read", help="Let it read families' records too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print its credentials, once."""
    credentials = run(_registered(context.obj, RegisterApiClient(name, may_read=may_read)))
    show([{"client_id": str(credentials.client_id), "secret": credentials.secret}], as_json=as_json, empty="")


async def _registered(database_url: str, command: RegisterApiClient) -> ApiCredentials:
    engine = create_engine(database_url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            return await register_api_client(command, work)
    finally:
        await engine.dispose()
