"""A way in while an organisation's provider is down: a link that an operator makes on the machine, for one person.

It opens once, within ten minutes. Until then it is a session that no cookie opens, so whatever ends the person's
sessions ends it too; then it is one with the roles with which they last signed in, and without a proof of who they are.
Those roles are taken for theirs for 30 days.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound
from shared.web.permissions import SIGN_IN_PATH
from shared.web.session_end import IDLE, close_sessions
from shared.web.sessions import BY_LINK, link_hash
from shared.web.tables import account, web_session

LINK_PATH = f"{SIGN_IN_PATH}/by-link"
LINK_MADE = "sign_in_link.make"
LINK_ENDED = "sign_in_link.end"
LASTS = timedelta(minutes=10)
ROLES_LAST = timedelta(days=30)
"""So long after a sign-in by the provider the roles that it gave are still taken for somebody's."""
TOLD_FOR = timedelta(hours=1)
"""A link is an alarm for so long at least, also when whoever followed it signed out at once."""


async def make_link(
    session: AsyncSession | AsyncConnection, colleague: UUID, roles: Collection[Role], now: datetime
) -> str:
    """What is behind the service's address; earlier ones of theirs that nobody followed open nothing any more.

    Raises:
        NotFound: nobody of this id ever signed in.
        NotAllowed: nor within 30 days.
    """
    newest = select(account).where(account.c.id == colleague).order_by(account.c.last_sign_in_at.desc()).limit(1)
    known = (await session.execute(newest)).one_or_none()
    if known is None:
        raise NotFound("colleague_not_found", "Nobody of this id has signed in. Leave it out for the list.")
    if known.last_sign_in_at <= now - ROLES_LAST:
        raise NotAllowed(
            "sign_in_long_ago",
            f"Their organisation's sign-in last let them in more than {ROLES_LAST.days} days ago: nobody knows "
            "which roles they have now. They wait for it, or someone else does the work.",
        )
    not_followed = web_session.c.last_seen_at < web_session.c.created_at
    await session.execute(delete(web_session).where(*_open_of(colleague, now), not_followed))
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
        "acr": BY_LINK,
    }
    await session.execute(insert(web_session).values(row))
    return f"{LINK_PATH}?token={token}"


async def end_links(session: AsyncSession | AsyncConnection, colleague: UUID, now: datetime) -> int:
    """Links of this person open nothing any more, nor what was opened by one; how many they were."""
    return await close_sessions(session, now, *_open_of(colleague, now))


async def open_by_link(session: AsyncSession | AsyncConnection, now: datetime) -> int:
    """How many such links may still be followed, were and are not over, or were made or followed in the last hour."""
    counts = (web_session.c.last_seen_at > now - IDLE) | (web_session.c.created_at > now - TOLD_FOR)
    query = select(func.count()).select_from(web_session).where(web_session.c.acr == BY_LINK, counts)
    return (await session.execute(query)).scalar_one()


def _open_of(colleague: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_open = web_session.c.last_seen_at > now - IDLE
    return web_session.c.acr == BY_LINK, web_session.c.actor_id == colleague, is_open
