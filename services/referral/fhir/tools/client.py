"""`pairs team client TEAM [NAME]`: which other systems refer to a team by FHIR; let one in, or end its access.

It may also read records, if that was agreed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import typer

from services.referral.fhir.commands.end_old_api_secret import EndOldApiSecret, end_old_api_secret
from services.referral.fhir.commands.register_api_client import RegisterApiClient, register_api_client
from services.referral.fhir.commands.renew_api_secret import RenewApiSecret, renew_api_secret
from services.referral.fhir.commands.revoke_api_client import RevokeApiClient, revoke_api_client
from services.referral.fhir.queries.api_client_list import api_client_list
from shared.cli.installation import run
from shared.cli.listing import AsJson, show
from shared.database.engines import create_engine
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork, UnitsOfWork


class SecretChange(StrEnum):
    """What is done about a system's secret."""

    NEW = "new"
    END_OLD = "end-old"


def client(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What to call the other system, such as royal-neonatal.")] = "",
    *,
    may_read: Annotated[bool, typer.Option("--may-read", help="Let it read families' records too.")] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="End its access, at once.")] = False,
    secret: Annotated[SecretChange | None, typer.Option("--secret", help="Two can hold, while one is changed.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print its credentials, once; without a name, every system."""
    does = "revoke" if revoke else secret
    rows = run(_done(context.obj, name, does, may_read=may_read))
    show(rows, as_json=as_json, empty="No other system was ever registered.")


async def _done(database_url: str, name: str, does: str | None, *, may_read: bool) -> list[Mapping[str, Any]]:
    engine = create_engine(database_url)
    try:
        async with UnitsOfWork(engine, UnitOfWork, region_key=b"", clock=machine_clock).begin(system()) as work:
            if does:
                client_id = await _client_of(name, work)
                return [{**(await _DOES[does](client_id, work)), "name": name}]
            if not name:
                return [asdict(line) for line in await api_client_list(work.session, work.now)]
            return [asdict(await register_api_client(RegisterApiClient(name, may_read=may_read), work))]
    finally:
        await engine.dispose()


async def _client_of(name: str, work: UnitOfWork) -> UUID:
    known = await api_client_list(work.session, work.now)
    line = next((line for line in known if line.name == name and line.revoked_at is None), None)
    if line is None:
        raise NotFound(
            "api_client_not_found", "No system of this name has access. Look at the list: leave out the name."
        )
    return line.client_id


async def _revoke(client_id: UUID, work: UnitOfWork) -> Mapping[str, Any]:
    await revoke_api_client(RevokeApiClient(client_id), work)
    return {"client_id": client_id, "revoked_at": work.now}


async def _renew(client_id: UUID, work: UnitOfWork) -> Mapping[str, Any]:
    return asdict(await renew_api_secret(RenewApiSecret(client_id), work))


async def _end_old(client_id: UUID, work: UnitOfWork) -> Mapping[str, Any]:
    await end_old_api_secret(EndOldApiSecret(client_id), work)
    return {"client_id": client_id, "older_secret_ended_at": work.now}


_DOES = {"revoke": _revoke, SecretChange.NEW: _renew, SecretChange.END_OLD: _end_old}
