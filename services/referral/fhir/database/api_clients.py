"""Systems that may send referrals or read records, with their tokens: of every secret there is only its SHA-256."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import api_client, api_secret, api_token


def digest(secret: str) -> bytes:
    """What is kept of a random secret. It has 256 bits, so it needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


class ApiClients:
    """The clients of one team."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, client_id: UUID, name: str, now: datetime, *, may_read: bool = False) -> bool:
        """False when a client that is not revoked has the name."""
        row = {"id": client_id, "name": name, "created_at": now, "may_read": may_read}
        added = await self._session.execute(
            insert_or(api_client).values(row).on_conflict_do_nothing().returning(api_client.c.id)
        )
        return added.one_or_none() is not None

    async def revoke(self, client_id: UUID, now: datetime) -> bool:
        """From now on neither its secret nor its tokens are worth anything. False when there is no such client."""
        revoked = await self._session.execute(
            update(api_client)
            .where(api_client.c.id == client_id, api_client.c.revoked_at.is_(None))
            .values(revoked_at=now)
            .returning(api_client.c.id)
        )
        await self._session.execute(delete(api_token).where(api_token.c.client_id == client_id))
        return revoked.one_or_none() is not None

    async def lock(self, client_id: UUID) -> bool:
        """Until the transaction ends; False when there is no such client that is not revoked."""
        own = select(api_client.c.id).where(api_client.c.id == client_id, api_client.c.revoked_at.is_(None))
        return await self._session.scalar(own.with_for_update()) is not None

    async def add_secret(self, client_id: UUID, secret: str, now: datetime, expires_at: datetime) -> None:
        row = {"secret_hash": digest(secret), "client_id": client_id, "created_at": now, "expires_at": expires_at}
        await self._session.execute(insert(api_secret), row)

    async def living_secrets(self, client_id: UUID, now: datetime) -> int:
        """How many have not ended."""
        own = (api_secret.c.client_id == client_id, api_secret.c.expires_at > now)
        return await self._session.scalar(select(func.count()).select_from(api_secret).where(*own)) or 0

    async def end_older_secrets(self, client_id: UUID, now: datetime) -> int:
        """All that have not ended but the newest; how many they were."""
        own = (api_secret.c.client_id == client_id, api_secret.c.expires_at > now)
        newest = select(func.max(api_secret.c.created_at)).where(*own).scalar_subquery()
        ended = update(api_secret).where(*own, api_secret.c.created_at < newest).values(expires_at=now)
        return len((await self._session.execute(ended.returning(api_secret.c.client_id))).all())

    async def use_secret(self, client_id: UUID, secret: str, now: datetime) -> bool:
        """Note that it was used; False unless it is one of a client that is not revoked, and has not ended."""
        used = (
            update(api_secret)
            .where(
                api_secret.c.secret_hash == digest(secret),
                api_secret.c.client_id == client_id,
                api_secret.c.expires_at > now,
                api_client.c.id == client_id,
                api_client.c.revoked_at.is_(None),
            )
            .values(last_used_at=now)
        )
        return (await self._session.execute(used.returning(api_secret.c.client_id))).one_or_none() is not None

    async def add_token(self, client_id: UUID, token: str, now: datetime, expires_at: datetime) -> None:
        """Store a token, and clear away those that have expired."""
        await self._session.execute(delete(api_token).where(api_token.c.expires_at <= now))
        await self._session.execute(
            insert(api_token), {"token_hash": digest(token), "client_id": client_id, "expires_at": expires_at}
        )

    async def of_token(self, token: str, now: datetime) -> UUID | None:
        """The client whose token this is, if it has not expired and the client is not revoked."""
        return await self._session.scalar(
            select(api_token.c.client_id)
            .join(api_client, api_client.c.id == api_token.c.client_id)
            .where(
                api_token.c.token_hash == digest(token),
                api_token.c.expires_at > now,
                api_client.c.revoked_at.is_(None),
            )
        )

    async def may_read(self, client_id: UUID) -> bool:
        """Whether the client was registered to read records, and not only to send referrals."""
        found = select(api_client.c.may_read).where(api_client.c.id == client_id, api_client.c.revoked_at.is_(None))
        return bool(await self._session.scalar(found))
