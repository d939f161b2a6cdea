"""Give a client a token, for the credentials that it was registered with."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from services.referral.fhir.database.api_clients import ApiClients
from shared.kernel.errors import NotAllowed
from shared.unit_of_work import UnitOfWork

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class IssueApiToken:
    client_id: UUID
    secret: str = field(repr=False)


async def issue_api_token(command: IssueApiToken, work: UnitOfWork) -> str:
    """A token of 256 random bits that is worth something for ten minutes; only its hash is kept.

    Raises:
        NotAllowed: there is no such client, it is revoked, or the secret is not its own or has ended.
    """
    clients = ApiClients(work.session)
    if not await clients.use_secret(command.client_id, command.secret, work.now):
        raise NotAllowed("invalid_client", "The client id or its secret is not right. Ask the team for new ones.")
    token = secrets.token_urlsafe(32)
    await clients.add_token(command.client_id, token, work.now, work.now + LIFETIME)
    return token
