"""Stop another system from sending referrals, at once. What it sent before stays."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.fhir.commands.register_api_client import check_operator
from services.referral.fhir.database.api_clients import ApiClients
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RevokeApiClient:
    client_id: UUID


async def revoke_api_client(command: RevokeApiClient, work: UnitOfWork) -> None:
    """End the client's secret and all of its tokens.

    Raises:
        NotAllowed: the actor is not the system itself, for which operators act.
        NotFound: there is no such client, or it is revoked already.
    """
    check_operator(work)
    if not await ApiClients(work.session).revoke(command.client_id, work.now):
        raise NotFound("api_client_not_found", "There is no such client that is not revoked already.")
    work.record("api_client.revoke", command.client_id)
