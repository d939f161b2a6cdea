"""Let another system send referrals and, if that was agreed, read records."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referral.fhir.database.api_clients import ApiClients
from shared.contracts.slug import is_slug
from shared.kernel.actor import SYSTEM
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork

SECRET_LASTS = timedelta(days=365)


@dataclass(frozen=True)
class RegisterApiClient:
    name: str
    """What operators call the system: a slug, `royal-neonatal`."""
    may_read: bool = False
    """It may also read the records of families that are not restricted."""


@dataclass(frozen=True)
class ApiCredentials:
    """What the system's owner is given, once: the secret is not kept, and cannot be shown again."""

    client_id: UUID
    secret: str
    """256 random bits."""
    expires_at: datetime


async def register_api_client(command: RegisterApiClient, work: UnitOfWork) -> ApiCredentials:
    """Store the client with its secret's hash.

    Raises:
        NotAllowed: the actor is not the system itself, for which operators act.
        RuleBroken: the name is not a slug.
        Conflict: a client that is not revoked has the name.
    """
    check_operator(work)
    if not is_slug(command.name):
        raise RuleBroken(
            "api_client_name", "Name the client in small letters, digits and hyphens, starting with a letter."
        )
    client_id, clients = new_id(), ApiClients(work.session)
    if not await clients.add(client_id, command.name, work.now, may_read=command.may_read):
        raise Conflict("api_client_exists", "There is a client of this name. Revoke it first, or choose another name.")
    work.record("api_client.register", client_id)
    return await new_secret(client_id, work)


async def new_secret(client_id: UUID, work: UnitOfWork) -> ApiCredentials:
    """One more of a client's secrets."""
    credentials = ApiCredentials(client_id, secrets.token_urlsafe(32), work.now + SECRET_LASTS)
    await ApiClients(work.session).add_secret(client_id, credentials.secret, work.now, credentials.expires_at)
    return credentials


def check_operator(work: UnitOfWork) -> None:
    """Raises NotAllowed unless an operator acts, through the system itself."""
    if work.actor.id != SYSTEM:
        raise NotAllowed("operator_only", "Only an operator can do this. Ask whoever runs the service.")
