"""`pairs team client TEAM [NAME]`: which other systems refer to a team by FHIR; let one in, or end its access.

It may also read records, if that was agreed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from services.referral.fhir.commands.revoke_api_client import RevokeApiClient, revoke_api_client
from services.referral.fhir.queries.api_client_list import api_client_list
from shared.cli.installation import run
from shared.cli.listing import AsJson, show
from shared.database.engines import create_engine
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork, UnitsOfWork


def client(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What to call the other system, such as royal-neonatal.")] = "",
    *,
    may_read: Annotated[bool, typer.Option("--may-read", help="Let it read families' records too.")] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="End its access, at once.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print its credentials, once; without a name, every system."""
    rows = run(_done(context.obj, name, may_read=may_read, revoke=revoke))
    show(rows, as_json=as_json, empty="No other system was ever registered.")


async def _done(database_url: str, name: str, *, may_read: bool, revoke: bool) -> list[Mapping[str, Any]]:
    engine = create_engine(database_url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            if revoke:
                return [await _revoked(name, work)]
            if not name:
                return [asdict(line) for line in await api_client_list(work.session)]
            credentials = await register_api_client(RegisterApiClient(name, may_read=may_read), work)
            return [{"client_id": credentials.client_id, "secret": credentials.secret}]
    finally:
        await engine.dispose()


async def _revoked(name: str, work: UnitOfWork) -> Mapping[str, Any]:
    known = await api_client_list(work.session)
    line = next((line for line in known if line.name == name and line.revoked_at is None), None)
    if line is None:
        raise NotFound(
            "api_client_not_found", "No system of this name has access. Look at the list: leave out the name."
        )
    await revoke_api_client(RevokeApiClient(line.client_id), work)
    return {"client_id": line.client_id, "name": name, "revoked_at": work.now}
