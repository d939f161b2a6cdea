"""The messages that clients sent, as stored: hashes, and the referral that each one made."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import api_message


@dataclass(frozen=True)
class StoredMessage:
    content_hash: bytes
    received_at: datetime


class ApiMessages:
    """The messages that one team received from one client."""

    def __init__(self, session: AsyncSession, client_id: UUID) -> None:
        self._session = session
        self._client_id = client_id

    async def find(self, message_hash: bytes) -> StoredMessage | None:
        found = await self._session.execute(
            select(api_message.c.content_hash, api_message.c.received_at).where(
                api_message.c.client_id == self._client_id, api_message.c.message_hash == message_hash
            )
        )
        row = found.one_or_none()
        return None if row is None else StoredMessage(row.content_hash, row.received_at)

    async def add(self, message_hash: bytes, message: StoredMessage, referral_id: UUID) -> None:
        await self._session.execute(
            insert(api_message),
            {
                "client_id": self._client_id,
                "message_hash": message_hash,
                "content_hash": message.content_hash,
                "referral_id": referral_id,
                "received_at": message.received_at,
            },
        )

    async def made(self, referral_id: UUID) -> bool:
        """Whether this client sent that referral."""
        found = await self._session.execute(
            select(api_message.c.referral_id)
            .where(api_message.c.client_id == self._client_id, api_message.c.referral_id == referral_id)
            .limit(1)
        )
        return found.one_or_none() is not None
