"""Episodes as stored, with the history of their support."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from services.referral.database.tables import episode as table
from services.referral.database.tables import tier_assignment
from services.referral.people.domain.support import Support
from services.referral.staff.database.record_access import check_episode, check_family
from services.referral.support.domain.episode import Episode
from services.referral.support.domain.tier import Opening, TierMove
from shared.contracts.vocabulary import Level
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Decided:
    """Who decided on a family's support, and when (UTC)."""

    by: UUID
    at: datetime


class Episodes:
    """The episodes of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, episode: Episode, opening: Opening, decided: Decided, lead_id: UUID | None = None) -> None:
        """Store a new episode and the first line of its history."""
        await self._session.execute(insert(table), {**columns_of(episode), "contacts_attended": 0, "lead_id": lead_id})
        await self._add_to_history(episode, decided, mdt_on=opening.mdt_on, note="")

    async def open_of(self, family_id: UUID) -> UUID | None:
        """The work that goes on with a family."""
        await check_family(self._work, family_id)
        open_work = table.c.ended_on.is_(None) & (table.c.level != Level.COMMUNITY)
        return await self._session.scalar(select(table.c.id).where(table.c.family_id == family_id, open_work))

    async def get(self, episode_id: UUID) -> Episode:
        """Raises NotFound when this team has no such episode."""
        return await self._get(episode_id, to_change=False)

    async def get_to_change(self, episode_id: UUID) -> Episode:
        """As `get`, and locked until the transaction ends, so that its events keep their order."""
        return await self._get(episode_id, to_change=True)

    async def save(self, episode: Episode, move: TierMove, decided: Decided) -> None:
        """Store the present support, and one more line of the history."""
        await self._session.execute(_SAVE, {"episode": episode.id, **columns_of(episode)})
        await self._add_to_history(
            episode,
            decided,
            reason=move.reason,
            family_agreement=move.family_agreement,
            mdt_on=move.mdt_on,
            note=move.note,
        )

    async def save_review(self, episode: Episode) -> None:
        """Store when the next review is."""
        values = {"version": episode.version, "review_on": episode.review_on}
        await self._session.execute(_SAVE, {"episode": episode.id, **values})

    async def save_lead(self, episode_id: UUID, lead_id: UUID) -> None:
        """Store who leads the work."""
        await self._session.execute(_SAVE, {"episode": episode_id, "lead_id": lead_id})

    async def support_before_last(self, episode_id: UUID) -> Support:
        """What the family had until the newest line of its history."""
        await check_episode(self._work, episode_id)
        rows = await self._session.execute(
            select(tier_assignment)
            .where(tier_assignment.c.episode_id == episode_id)
            .order_by(tier_assignment.c.number.desc())
            .limit(2)
        )
        row = rows.all()[-1]
        return read_row(Support, row)

    async def _get(self, episode_id: UUID, *, to_change: bool) -> Episode:
        found = await self._session.execute(_LOCKED if to_change else _FOUND, {"episode": episode_id})
        if (row := found.one_or_none()) is None:
            raise NotFound("episode_not_found", "This team has no such family. Look for it in the caseload.")
        await check_family(self._work, row.family_id)
        self._work.seen.add(episode_id)
        return read_row(Episode, row)

    async def _add_to_history(
        self, episode: Episode, decided: Decided, *, note: str, mdt_on: date | None, **why: Any
    ) -> None:
        await self._session.execute(
            insert(tier_assignment),
            {
                "episode_id": episode.id,
                "number": episode.version,
                "effective_from": episode.support_from,
                "review_on": episode.review_on,
                "mdt_on": mdt_on,
                "note": note,
                "decided_by": decided.by,
                "decided_at": decided.at,
                **columns_of(episode.support),
                **why,
            },
        )


# Nearly every command asks one of these, so they are built once.
_THIS = table.c.id == bindparam("episode")
_FOUND, _SAVE = select(table).where(_THIS), update(table).where(_THIS)
_LOCKED = _FOUND.with_for_update()
