"""How sessions are closed, and whose they are by what a provider says of its sign-ins."""

import json
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.vocabulary import Role
from shared.web.tables import web_session

IDLE = timedelta(minutes=30)
"""So long after it was last used a session is over."""


async def close_sessions(connection: AsyncSession | AsyncConnection, now: datetime, *which: ColumnElement[bool]) -> int:
    """No token opens them any more; how many they were."""
    nobodys = func.sha256(web_session.c.token_hash.op("||")(secrets.token_bytes(32)))
    closed = update(web_session).where(*which, web_session.c.last_seen_at > now - IDLE)
    values = {"token_hash": nobodys, "last_seen_at": now - IDLE, "id_token": None}
    ended = await connection.execute(closed.values(**values).returning(web_session.c.actor_id))
    return len(ended.all())


async def end_with_other_roles(
    connection: AsyncConnection, whose: UUID, roles: Collection[Role], now: datetime
) -> None:
    """What somebody may no longer do, they may not in another browser either, nor by a link that waits."""
    await close_sessions(connection, now, web_session.c.actor_id == whose, web_session.c.roles != sorted(roles))


def subjects(subject: str, id_token: str | None) -> set[str]:
    """By what we know someone, and by what the provider does; it signed that, so it is only read here."""
    payload = (id_token or "").split(".")[1:2]
    try:
        told: Any = json.loads(urlsafe_b64decode(f"{payload[0]}==")) if payload else {}
    except ValueError:
        told = dict[str, Any]()
    return {subject, str(told.get("sub", subject))}
