"""Notes of supervision as stored. Nothing else of the service reads this table."""

from uuid import UUID

from sqlalchemy import insert, select, update

from services.consultation.database.supervision_tables import supervision_note as table
from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.database.sessions import read_session
from services.consultation.supervision.domain.supervision_note import SupervisionNote
from services.consultation.supervision.domain.supervision_session import SupervisionSession
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


class SupervisionNotes:
    """Those of one team; each is given to its two alone, and that they looked is in the audit trail."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def get(self, session_id: UUID, supervisee_id: UUID) -> SupervisionNote:
        """What is written, or a blank one.

        Raises:
            NotFound: the team has no such session, or that colleague is not supervised in it.
            NotSeen: the actor is not one of the two.
        """
        note = await self._find(session_id, supervisee_id)
        note.check_open_to(self._work.actor)
        return note

    async def open_in(self, session: SupervisionSession) -> frozenset[UUID]:
        """Of whom, in a session, the actor may open the notes; not a word of them is read for it."""
        query = select(table.c.supervisee_id, table.c.supervisor_id).where(table.c.session_id == session.id)
        written = {row.supervisee_id: row.supervisor_id for row in await self._session.execute(query)}
        supervisor = session.meeting.supervisor_id
        theirs = {who: written.get(who, supervisor) for who in session.meeting.supervisees}
        return frozenset(who for who, other in theirs.items() if self._work.actor.id in {who, other})

    async def save(self, note: SupervisionNote) -> None:
        """What it replaces is kept with it."""
        its = (table.c.session_id == note.session_id) & (table.c.supervisee_id == note.supervisee_id)
        before = (await self._session.execute(select(table).where(its).with_for_update())).one_or_none()
        said = {"words": note.words, "version": note.version}
        if before is None:
            who = {"supervisee_id": note.supervisee_id, "supervisor_id": note.supervisor_id}
            await self._session.execute(insert(table).values(id=new_id(), session_id=note.session_id, **who, **said))
            return
        replaced = {"words": before.words}
        await keep_earlier_version(self._work, "supervision_note", before.id, before.version, replaced)
        await self._session.execute(update(table).where(its).values(said))

    async def _find(self, session_id: UUID, supervisee_id: UUID) -> SupervisionNote:
        session = supervision_session
        its = await self._session.execute(select(session).where(session.c.id == session_id).with_for_update())
        if (row := its.one_or_none()) is None:
            raise NotFound("supervision_note_unknown", "There is no such note. Go back to the session.")
        is_this = (table.c.session_id == session_id) & (table.c.supervisee_id == supervisee_id)
        written = (await self._session.execute(select(table).where(is_this))).one_or_none()
        if written is not None:
            return read_row(SupervisionNote, written)
        return SupervisionNote.blank(read_session(row), supervisee_id)
