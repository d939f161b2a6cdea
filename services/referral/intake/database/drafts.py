"""Drafts of the public form: the answers of someone who has not sent them yet.

A browser has one token, and as many drafts as it began; whoever has the token has the drafts, and only its hash is
stored. A draft is gone a day after it was last touched, or a week after a link to it was asked for. Its answers are
emptied when it is sent, except for the pages named in `send`: they decide on the words of the last page.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import referral_draft as table
from shared.database.mapping import read_row
from shared.web.typed_text import storable

LASTS = timedelta(hours=24)
LINK_LASTS = timedelta(days=7)
"""A link to come back by."""

Fields = Mapping[str, list[str]]
Answers = Mapping[str, Fields]
"""Page → field → what was typed under it, right or wrong."""


@dataclass(frozen=True)
class Draft:
    """What someone has answered so far."""

    id: UUID
    answers: Answers
    numbers: Mapping[str, int]
    """Page → how often it was kept: what comes late does not overwrite what is newer."""
    unsent: Collection[str]
    """Pages that hold something that was typed and not sent: they are asked again."""
    wrong: Collection[str]
    """Pages that were sent with something wrong, and say so."""
    created_at: datetime
    updated_at: datetime
    reference: str | None = None
    """Of what it became, once it was sent."""
    sent_id: UUID | None = None
    """Of what it became: a referral, or a number that was left."""
    link_hash: str | None = None
    kept_until: datetime | None = None
    """By the link; UTC."""

    @property
    def given(self) -> Answers:
        """What was sent, page by page."""
        return {page: fields for page, fields in self.answers.items() if page not in self.unsent}

    def number(self, page: str) -> int:
        """How often the page was kept."""
        return self.numbers.get(page, 0)

    def leads_to(self, link_token: str) -> bool:
        """Whether the link with this token is the one that it has."""
        return self.link_hash == _hash(link_token)


class Drafts:
    """The drafts of one team."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def start(self, draft_id: UUID, token: str) -> None:
        """A new draft with no answers; those that have expired are removed."""
        await self._session.execute(delete(table).where(~self._lasts()))
        await self._session.execute(
            insert(table).values(
                id=draft_id, token_hash=_hash(token), answers={}, created_at=self._now, updated_at=self._now
            )
        )

    async def unsent(self, at_most: int) -> int:
        """How many there are, counted as far as that."""
        some = select(table.c.id).where(table.c.reference.is_(None)).limit(at_most).subquery()
        return await self._session.scalar(select(func.count()).select_from(some)) or 0

    async def find(self, token: str, draft_id: UUID) -> Draft | None:
        """It, locked until the transaction ends; None when this browser has no such draft, or no longer."""
        found = await self._session.execute(self._of(token).where(table.c.id == draft_id).with_for_update())
        row = found.one_or_none()
        return read_row(Draft, row) if row else None

    async def of_browser(self, token: str) -> Sequence[Draft]:
        """Those in which something was answered, the newest first."""
        begun = or_(table.c.answers != {}, table.c.reference.is_not(None))
        found = await self._session.execute(self._of(token).where(begun).order_by(table.c.updated_at.desc()))
        return [read_row(Draft, row) for row in found]

    async def leave(self, token: str) -> None:
        """Close the browser's drafts: from here on a saved link leads to them, and nothing else."""
        mine = table.c.token_hash == _hash(token)
        await self._session.execute(delete(table).where(mine, table.c.link_hash.is_(None)))
        await self._session.execute(update(table).where(mine).values(token_hash=None))

    async def add_link(self, draft: Draft, link_token: str) -> datetime:
        """Let someone come back to it by a link; gives until when (UTC). An earlier link leads nowhere any more."""
        until = self._now + LINK_LASTS
        await self._write(draft.id, link_hash=_hash(link_token), kept_until=until)
        return until

    async def come_back(self, link_token: str, token: str) -> UUID | None:
        """Give the draft of this link to the browser with this token; its id, or None when there is none any more."""
        return await self._session.scalar(
            update(table).where(self._has(link_token)).values(token_hash=_hash(token)).returning(table.c.id)
        )

    async def has_link(self, link_token: str) -> bool:
        """Whether the link leads to a draft still."""
        return await self._session.scalar(select(table.c.id).where(self._has(link_token))) is not None

    async def keep(self, draft: Draft, page: str, fields: Fields, number: int = 0) -> None:
        """Keep what a page holds that is not sent.

        Args:
            number: as the page counts; 0: it comes after whatever was kept of it.
        """
        await self._keep(draft, page, fields, number, {*draft.unsent, page}, {*draft.wrong} - {page})

    async def answer(self, draft: Draft, page: str, fields: Fields, *, is_wrong: bool) -> Draft:
        """Keep what a page was sent with, and give the draft as it is then."""
        wrong = {*draft.wrong, page} if is_wrong else {*draft.wrong} - {page}
        return await self._keep(draft, page, fields, 0, {*draft.unsent} - {page}, wrong)

    async def _keep(
        self, draft: Draft, page: str, fields: Fields, number: int, unsent: Collection[str], wrong: Collection[str]
    ) -> Draft:
        kept = replace(
            draft,
            answers={**draft.answers, page: storable(fields)},
            numbers={**draft.numbers, page: number or draft.number(page) + 1},
            unsent=sorted(unsent),
            wrong=sorted(wrong),
        )
        values = {name: getattr(kept, name) for name in ("answers", "numbers", "unsent", "wrong")}
        await self._write(draft.id, **values)
        return kept

    async def send(self, draft: Draft, sent_id: UUID, reference: str, keep: Collection[str]) -> None:
        """It says nothing of the family any more."""
        kept = {page: fields for page, fields in draft.answers.items() if page in keep}
        await self._write(draft.id, answers=kept, reference=reference, sent_id=sent_id)

    def _of(self, token: str) -> Select[Any]:
        return select(table).where(table.c.token_hash == _hash(token), self._lasts())

    def _has(self, link_token: str) -> ColumnElement[bool]:
        return (table.c.link_hash == _hash(link_token)) & (table.c.kept_until > self._now)

    def _lasts(self) -> ColumnElement[bool]:
        return or_(table.c.updated_at > self._now - LASTS, func.coalesce(table.c.kept_until > self._now, False))

    async def _write(self, draft_id: UUID, **values: object) -> None:
        await self._session.execute(update(table).where(table.c.id == draft_id).values(updated_at=self._now, **values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
