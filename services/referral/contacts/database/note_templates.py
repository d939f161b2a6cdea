"""The team's templates of notes as stored: each version is kept."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from services.referral.contacts.domain.note_template import SHIPPED, NoteTemplate, NoteTemplateName
from services.referral.database.contact_tables import note_template as table
from shared.unit_of_work import UnitOfWork


class NoteTemplates:
    """Of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def all(self) -> Mapping[NoteTemplateName, NoteTemplate]:
        """The newest of each that the team has edited; for the others, ours. One statement."""
        newest = select(table).ext(distinct_on(table.c.name)).order_by(table.c.name, table.c.number.desc())
        edited = {row.name: row for row in await self._session.execute(newest)}
        return {
            name: NoteTemplate(name, row.text or SHIPPED[name], row.number, not row.text, row.edited_at, row.edited_by)
            if (row := edited.get(name.value))
            else NoteTemplate(name, SHIPPED[name], 0, is_ours=True)
            for name in NoteTemplateName
        }

    async def add(self, name: NoteTemplateName, number: int, text: str) -> bool:
        """Store a version, or with no text the step back to ours; False when there is one of that number already."""
        values = {"name": name.value, "number": number, "text": text}
        by = {"edited_by": self._work.actor.id, "edited_at": self._work.now}
        stored = insert(table).values(**values, **by).on_conflict_do_nothing().returning(table.c.number)
        return await self._session.scalar(stored) is not None
