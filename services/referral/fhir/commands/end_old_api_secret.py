"""End the older of another system's two secrets, once it uses the newer one."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.fhir.commands.register_api_client import check_operator
from services.referral.fhir.database.api_clients import ApiClients
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndOldApiSecret:
    client_id: UUID


async def end_old_api_secret(command: EndOldApiSecret, work: UnitOfWork) -> None:
    """From now on no token is given for it; tokens that were given for it hold for their ten minutes.

    Raises:
        NotAllowed: the actor is not the system itself, for which operators act.
        NotFound: there is no such client, or it has only one secret.
    """
    check_operator(work)
    clients = ApiClients(work.session)
    if not await clients.lock(command.client_id) or not await clients.end_older_secrets(command.client_id, work.now):
        raise NotFound("api_secret_not_found", "It has no older secret beside the newest one.")
    work.record("api_client.end_secret", command.client_id)
