"""Give another system a second secret, so that it can change to it while the first one holds."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.fhir.commands.register_api_client import ApiCredentials, check_operator, new_secret
from services.referral.fhir.database.api_clients import ApiClients
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork

MOST_SECRETS = 2


@dataclass(frozen=True)
class RenewApiSecret:
    client_id: UUID


async def renew_api_secret(command: RenewApiSecret, work: UnitOfWork) -> ApiCredentials:
    """The new secret, once; the one before holds until it ends, or is ended.

    Raises:
        NotAllowed: the actor is not the system itself, for which operators act.
        NotFound: there is no such client, or it is revoked.
        RuleBroken: it has two already.
    """
    check_operator(work)
    clients = ApiClients(work.session)
    if not await clients.lock(command.client_id):
        raise NotFound("api_client_not_found", "There is no such client that is not revoked already.")
    if await clients.living_secrets(command.client_id, work.now) >= MOST_SECRETS:
        raise RuleBroken("api_secrets", "It has two secrets already: end the older one first, with --secret end-old.")
    work.record("api_client.renew", command.client_id)
    return await new_secret(command.client_id, work)
