"""Promises as they are kept, and handed on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, update

from services.referral.database.intake_tables import promise as table
from services.referral.database.tables import referral
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.open_promise import OpenPromise
from shared.contracts.pathway_codes import PromiseKind
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class OpenPromises:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def get_to_change(self, promise_id: UUID) -> OpenPromise:
        """Locked until the transaction ends.

        Raises:
            NotFound: this team has no such promise.
            RestrictedRecord: it is about a family that only named colleagues may see, and the actor is none of them.
        """
        found = await self._read(select(table).where(table.c.id == promise_id))
        if not found:
            raise NotFound("promise_not_found", "This team has made no such promise. Look at the triage queue.")
        family_id = await self._session.scalar(select(referral.c.family_id).where(referral.c.id == found[0].about))
        if family_id is not None:
            await check_family(self._work, family_id)
        return found[0]

    async def about(self, thing: UUID, kinds: Collection[PromiseKind]) -> Sequence[OpenPromise]:
        """Those that are open, locked likewise."""
        return await self._read(open_promises(kinds).where(table.c.about == thing))

    async def overdue(self, now: datetime) -> Sequence[OpenPromise]:
        """Those of which nobody has noticed it, locked likewise."""
        late = (table.c.due_at < now, table.c.noticed_at.is_(None))
        return await self._read(open_promises(PromiseKind).where(*late))

    async def save_answer(self, one: OpenPromise, spoken_with: str, answer: str) -> None:
        said = {"answered_at": one.answered_at, "answered_by": self._work.actor.id}
        await self._save(one, **said, spoken_with=spoken_with, answer=answer)

    async def save_noticed(self, one: OpenPromise, at: datetime) -> None:
        await self._save(one, noticed_at=at)

    async def hand_on_danger(
        self, to: UUID, *, families: Collection[UUID] = (), referral_id: UUID | None = None
    ) -> None:
        """What nobody has answered about danger in these is that colleague's from now on."""
        where = or_(table.c.about == referral_id, table.c.about.in_(referrals_of(families)))
        for one in await self._read(open_promises({PromiseKind.DANGER_SAID}).where(where)):
            self._work.publish(one.hand_on(), about=one)
            await self._save(one, assigned_to=to)
            self._work.record("promise.hand_on", one.about)

    async def _read(self, query: Select[Any]) -> Sequence[OpenPromise]:
        rows = await self._session.execute(query.order_by(table.c.id).with_for_update())
        return [read_row(OpenPromise, row) for row in rows]

    async def _save(self, one: OpenPromise, **changes: Any) -> None:
        change = update(table).where(table.c.id == one.id).values(version=one.version, **changes)
        await self._session.execute(change)


def open_promises(kinds: Collection[PromiseKind]) -> Any:
    """Those that nobody has kept."""
    return select(table).where(table.c.answered_at.is_(None), table.c.kind.in_([kind.value for kind in kinds]))


def referrals_of(families: Collection[Any]) -> Any:
    return select(referral.c.id).where(referral.c.family_id.in_(families))
