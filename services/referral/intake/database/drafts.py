"""Drafts of the public form: the answers of somebody who has not sent them yet.

Whoever has the token has the draft; only its hash is stored. A draft is gone a day after it was last touched, or a week
after a link to it was asked for. Its answers are emptied when it is sent, except for the pages named in `send`: they
decide on the words of the last page.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import referral_draft as table

LASTS = timedelta(hours=24)
LINK_LASTS = timedelta(days=7)
"""A link to come back by."""

Answers = Mapping[str, Mapping[str, list[str]]]
"""Page → field → what was posted under it."""


@dataclass(frozen=True)
class Draft:
    """What somebody has answered so far."""

    id: UUID
    answers: Answers
    reference: str | None = None
    """Of the referral, once it was sent."""


class Drafts:
    """The drafts of one team."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def start(self, draft_id: UUID, token: str) -> None:
        """A new draft with no answers; those that have expired are removed."""
        await self._session.execute(delete(table).where(~self._lasts()))
        await self._session.execute(
            insert(table),
            {
                "id": draft_id,
                "token_hash": _hash(token),
                "answers": {},
                "created_at": self._now,
                "updated_at": self._now,
            },
        )

    async def find(self, token: str) -> Draft | None:
        """The draft of this token, locked until the transaction ends; None when there is none, or no longer."""
        found = await self._session.execute(
            select(table).where(table.c.token_hash == _hash(token), self._lasts()).with_for_update()
        )
        row = found.one_or_none()
        return None if row is None else Draft(row.id, row.answers, row.reference)

    async def add_link(self, draft: Draft, link_token: str) -> datetime:
        """Let somebody come back to it by a link; gives until when (UTC). An earlier link leads nowhere any more."""
        until = self._now + LINK_LASTS
        await self._write(draft.id, link_hash=_hash(link_token), kept_until=until)
        return until

    async def come_back(self, link_token: str, token: str) -> bool:
        """Give the draft of this link to the browser with this token; False when there is none, or no longer."""
        moved = await self._session.execute(
            update(table)
            .where(table.c.link_hash == _hash(link_token), table.c.kept_until > self._now)
            .values(token_hash=_hash(token))
            .returning(table.c.id)
        )
        return moved.one_or_none() is not None

    async def has_link(self, link_token: str) -> bool:
        """Whether the link leads to a draft still."""
        found = select(table.c.id).where(table.c.link_hash == _hash(link_token), table.c.kept_until > self._now)
        return await self._session.scalar(found) is not None

    def _lasts(self) -> ColumnElement[bool]:
        return or_(table.c.updated_at > self._now - LASTS, func.coalesce(table.c.kept_until > self._now, False))

    async def save(self, draft: Draft, page: str, fields: Mapping[str, list[str]]) -> None:
        """Keep the answers of one page."""
        await self._write(draft.id, answers={**draft.answers, page: dict(fields)})

    async def send(self, draft: Draft, reference: str, keep: Collection[str]) -> None:
        """It is a referral now, and says nothing of the family any more."""
        kept = {page: fields for page, fields in draft.answers.items() if page in keep}
        await self._write(draft.id, answers=kept, reference=reference)

    async def _write(self, draft_id: UUID, **values: object) -> None:
        await self._session.execute(update(table).where(table.c.id == draft_id).values(updated_at=self._now, **values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
