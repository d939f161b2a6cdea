"""What someone typed into a form that is not stored: kept on the server, for them alone, until it is or they say so.

It is kept while they type, when they put it off, when it was refused, and when their session had ended before they
sent it. Its id is the form's intention, and the address of its page says it: so a page knows its own draft, and two
forms side by side are two.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Row, bindparam, delete, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.kernel.calendar import moments_told_apart
from shared.kernel.errors import Conflict, NotAllowed, Refusal, RuleBroken
from shared.staff.address import draft_page
from shared.staff.intention import OtherContent
from shared.staff.tables import form_draft as table
from shared.staff.tables import intention
from shared.web.form_body import Fields
from shared.web.typed_text import storable

LASTS = timedelta(days=30)
"""After the last letter; a form about a family is not left lying about for longer."""
NOT_LISTED = ""
"""Title of what is no unfinished form but is kept for its page alone, such as the words of a search; for a day."""
_NOT_LISTED_LASTS = timedelta(days=1)
_FORGOTTEN_AT_ONCE = 100
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KINDS: Mapping[str, type[Refusal]] = {one.__name__: one for one in (RuleBroken, NotAllowed, Conflict)}


@dataclass(frozen=True)
class Refused:
    """Why a form was not stored, to be told by the page that shows it again."""

    refusal: Refusal
    tells: Mapping[str, Any]
    """What the page shows of it besides its sentence."""

    def written(self) -> dict[str, Any]:
        refusal = self.refusal
        said = {"code": refusal.code, "sentence": refusal.sentence, "field": refusal.field, "tells": self.tells}
        if isinstance(refusal, OtherContent):
            return said | {"kind": "OtherContent", "first": str(refusal.intention_id), "went_to": refusal.went_to}
        return said | {"kind": next(name for name, kind in _KINDS.items() if isinstance(refusal, kind))}

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        if said["kind"] == "OtherContent":
            return cls(OtherContent(UUID(said["first"]), said["went_to"]), said["tells"])
        return cls(_KINDS[said["kind"]](said["code"], said["sentence"], field=said["field"]), said["tells"])


@dataclass(frozen=True)
class Draft:
    """One form that is not stored."""

    id: UUID
    address: str
    """Where it is sent."""
    title: str
    """What the form is called."""
    fields: Fields
    """Exactly as typed."""
    number: int
    """Grows with each time that it was kept: what comes late does not overwrite what is newer."""
    was_sent: bool
    """It was found wrong, and the page says so."""
    refused: Refused | None
    """Why, where more than its answers was wrong; of one that was not sent, why it only came here."""
    kept_at: datetime | None = None
    when: str = ""
    """When it was kept, in words; to the second where another would say the same."""

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    @property
    def about(self) -> UUID | None:
        """The record that the address names first. Where that is destroyed, what was typed about it goes too."""
        found = _ID.search(self.path)
        return UUID(found[0]) if found else None

    @property
    def page(self) -> str:
        """The address of the page that shows it."""
        return draft_page(self.address, self.id)


class Drafts:
    """One person's, in one transaction."""

    def __init__(self, session: AsyncSession, actor_id: UUID, now: datetime) -> None:
        self._session = session
        self._own = table.c.actor_id == actor_id
        self._actor_id = actor_id
        self._now = now

    async def keep(self, draft: Draft) -> bool:
        """False when something newer is kept, or another's draft has this id."""
        values = {
            "actor_id": self._actor_id,
            "about": draft.about,
            "address": draft.address,
            "title": draft.title,
            "fields": storable(draft.fields),
            "number": draft.number,
            "was_sent": draft.was_sent,
            "refusal": draft.refused.written() if draft.refused else None,
            "kept_at": self._now,
        }
        new = insert(table).values(id=draft.id, **values)
        is_newer = self._own & (table.c.number < draft.number)
        kept = new.on_conflict_do_update(index_elements=[table.c.id], set_=values, where=is_newer).returning(table.c.id)
        return await self._session.scalar(kept) is not None

    async def find(self, draft_id: UUID) -> Draft | None:
        """It, unless it is stored by now."""
        row = (await self._session.execute(select(table).where(self._own, _OPEN, table.c.id == draft_id))).one_or_none()
        return _draft(row) if row else None

    async def number(self, draft_id: UUID) -> int:
        """Of what is kept; 0 when nothing is."""
        return await self._session.scalar(select(table.c.number).where(self._own, table.c.id == draft_id)) or 0

    async def beside(self, intention_id: UUID) -> UUID:
        """The id of what was typed into a form after it was stored; the same each time, until that is stored too."""
        beside = uuid5(intention_id, "beside")
        while await self._session.scalar(select(intention.c.id).where(intention.c.id == beside)):
            beside = uuid5(beside, "beside")
        return beside

    async def of_path(self, path: str) -> Sequence[Draft]:
        """Those of one form, newest first."""
        return await self._all(_is_of(path))

    async def all(self) -> Sequence[Draft]:
        """Those that are listed, newest first."""
        return await self._all(table.c.title != NOT_LISTED)

    async def forget_stored(self, draft: Draft) -> None:
        """It, and what another tab kept of the same form that says nothing else."""
        form = {"path": draft.path, "asks": f"{draft.path}?", "fields": storable(draft.fields)}
        await self._session.execute(_STORED, {"actor": self._actor_id, "draft": draft.id} | form | self._since)

    async def forget(self, draft_id: UUID) -> None:
        """It, and the oldest of everyone's."""
        await self._session.execute(_GIVEN_UP, {"actor": self._actor_id, "draft": draft_id} | self._since)

    @property
    def _since(self) -> dict[str, datetime]:
        return {"long_before": self._now - LASTS, "day_before": self._now - _NOT_LISTED_LASTS}

    async def _all(self, which: Any) -> Sequence[Draft]:
        query = select(table).where(self._own, _OPEN, which).order_by(table.c.kept_at.desc(), table.c.id)
        drafts = [_draft(row) for row in await self._session.execute(query)]
        when = moments_told_apart([one.kept_at for one in drafts if one.kept_at])
        return [replace(one, when=words) for one, words in zip(drafts, when, strict=True)]


_OPEN = ~exists().where(intention.c.id == table.c.id)
_IS_OLD = (table.c.title == NOT_LISTED) | (table.c.kept_at < bindparam("long_before"))
_OLD = select(table.c.id).where(_IS_OLD, table.c.kept_at < bindparam("day_before")).limit(_FORGOTTEN_AT_ONCE)
_IS_FORGOTTEN = table.c.id.in_(_OLD.with_for_update(skip_locked=True))
_IS_OWN, _IS_IT = table.c.actor_id == bindparam("actor"), table.c.id == bindparam("draft")
_IS_PATH = (table.c.address == bindparam("path")) | func.starts_with(table.c.address, bindparam("asks"))
_IS_SAME = _IS_PATH & table.c.fields.contained_by(bindparam("fields", type_=JSONB))
_GIVEN_UP = delete(table).where((_IS_OWN & _IS_IT) | _IS_FORGOTTEN)
_STORED = delete(table).where((_IS_OWN & (_IS_SAME | _IS_IT)) | _IS_FORGOTTEN)


def _is_of(path: str) -> ColumnElement[bool]:
    return (table.c.address == path) | func.starts_with(table.c.address, f"{path}?")


def _draft(row: Row[Any]) -> Draft:
    refused = Refused.read(row.refusal) if row.refusal else None
    return Draft(row.id, row.address, row.title, row.fields, row.number, row.was_sent, refused, row.kept_at)
