"""A way in while an organisation's provider is down: a link that an operator makes on the machine, for one person.

It opens once, within ten minutes. Until then it is a session that no cookie opens, so whatever ends the person's
sessions ends it too; then it is one with the roles with which they last signed in, and without a proof of who they are.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotFound
from shared.web.permissions import SIGN_IN_PATH
from shared.web.sessions import IDLE, link_hash
from shared.web.tables import account, web_session

LINK_PATH = f"{SIGN_IN_PATH}/by-link"
LINK_MADE = "sign_in_link.make"
LASTS = timedelta(minutes=10)
_BY_LINK = "urn:pairs:sign-in-link"
"""Where a provider says how somebody signed in."""


async def make_link(
    session: AsyncSession | AsyncConnection, colleague: UUID, roles: Collection[Role], now: datetime
) -> str:
    """What is behind the service's address. Raises NotFound when nobody of this id ever signed in."""
    newest = select(account).where(account.c.id == colleague).order_by(account.c.last_sign_in_at.desc()).limit(1)
    known = (await session.execute(newest)).one_or_none()
    if known is None:
        raise NotFound("colleague_not_found", "Nobody of this id has signed in. Leave it out for the list.")
    token = secrets.token_urlsafe(32)
    row = {
        "token_hash": link_hash(token),
        "actor_id": colleague,
        "actor_name": known.name,
        "roles": sorted(roles),
        "csrf_token": secrets.token_urlsafe(32),
        "created_at": now,
        "last_seen_at": now - IDLE + LASTS,
        "issuer": known.issuer,
        "subject": known.subject,
        "acr": _BY_LINK,
    }
    await session.execute(insert(web_session).values(row))
    return f"{LINK_PATH}?token={token}"


async def open_by_link(session: AsyncSession | AsyncConnection, now: datetime) -> int:
    """How many such links may still be followed, or were and are not over."""
    is_open = (web_session.c.acr == _BY_LINK, web_session.c.last_seen_at > now - IDLE)
    counted = await session.execute(select(func.count()).select_from(web_session).where(*is_open))
    return counted.scalar_one()
