"""Who is supervised, and what was agreed, as stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.consultation.database.supervision_tables import supervisee
from services.consultation.database.supervision_tables import supervision_agreement as table
from services.consultation.supervision.domain.supervision_access import check_sees_balance
from services.consultation.supervision.domain.supervision_agreement import SupervisionAgreement
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound, RuleBroken
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork


class Agreements:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, agreement: SupervisionAgreement, experience_from: date) -> None:
        """Raises RuleBroken when an agreement begins on that day already."""
        whose = upsert(supervisee).values(id=agreement.supervisee_id, experience_from=experience_from)
        said = {"experience_from": experience_from}
        await self._session.execute(whose.on_conflict_do_update(index_elements=["id"], set_=said))
        await self._check_free(agreement)
        await self._session.execute(insert(table).values(columns_of(agreement)))

    async def get_to_change(self, agreement_id: UUID) -> SupervisionAgreement:
        """Locked until the transaction ends. Raises NotFound when the team has no such agreement."""
        query = select(table).where(table.c.id == agreement_id).with_for_update()
        if (row := (await self._session.execute(query)).one_or_none()) is None:
            raise no_such_agreement()
        return read_row(SupervisionAgreement, row)

    async def save(self, agreement: SupervisionAgreement, experience_from: date) -> None:
        """Raises RuleBroken when another one begins on that day."""
        its, whose = table.c.id == agreement.id, supervisee.c.id == agreement.supervisee_id
        # Of two who change somebody's agreements at once, the second waits here for the first.
        await self._session.execute(update(supervisee).where(whose).values(experience_from=experience_from))
        await self._check_free(agreement)
        await self._session.execute(update(table).where(its).values(columns_of(agreement, without="id")))

    async def experience_of(self, supervisee_id: UUID) -> date | None:
        """None: nothing is agreed with them yet."""
        query = select(supervisee.c.experience_from).where(supervisee.c.id == supervisee_id)
        return await self._session.scalar(query)

    async def check_seen(self, supervisee_id: UUID) -> None:
        """Refuses whoever may not see somebody's supervision.

        Raises:
            NotFound: nothing is agreed with anybody of that id.
            NotSeen: it is not the actor's to see.
        """
        rows = (await self._session.execute(_in_force(supervisee_id, self._work.today))).all()
        if not rows:
            raise no_such_supervisee()
        check_sees_balance(self._work.actor, supervisee_id, [row.supervisor_id for row in rows[:1]])

    async def note_behind(self, supervisee_id: UUID, since: date | None) -> None:
        """Since when somebody is asked to see to it; None: nothing is missing any more."""
        its = supervisee.c.id == supervisee_id
        await self._session.execute(update(supervisee).where(its).values(behind_since=since))

    async def _check_free(self, agreement: SupervisionAgreement) -> None:
        same = (table.c.supervisee_id == agreement.supervisee_id) & (table.c.from_on == agreement.terms.from_on)
        if await self._session.scalar(select(table.c.id).where(same, table.c.id != agreement.id)) is not None:
            sentence = "Another agreement begins on that day. Correct that one instead."
            raise RuleBroken("agreement_day", sentence, field="from_on")


def _in_force(supervisee_id: UUID, today: date) -> Any:
    """What holds today first: the newest that has begun; then what is still to come."""
    has_begun = table.c.from_on <= today
    order = (has_begun.desc(), table.c.from_on.desc())
    return select(table.c.supervisor_id).where(table.c.supervisee_id == supervisee_id).order_by(*order)


async def check_colleagues(work: UnitOfWork, chosen: Mapping[str, UUID | None]) -> None:
    """Args: chosen: by the field that it was chosen in. Raises RuleBroken when somebody has never signed in here."""
    known = {one.id for one in await Colleagues(work.session).everyone()}
    for field, colleague_id in chosen.items():
        if colleague_id is not None and colleague_id not in known:
            raise RuleBroken("supervision_colleague", "Choose a colleague from the list.", field=field)


def no_such_supervisee() -> NotFound:
    return NotFound("supervisee_unknown", "No supervision is agreed with this colleague. Ask the team lead.")


def no_such_agreement() -> NotFound:
    return NotFound("agreement_unknown", "There is no such agreement. Go back to the list.")
