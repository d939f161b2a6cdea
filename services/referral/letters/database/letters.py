"""Letters as stored, and the templates that the team wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.letter_tables import letter as table
from services.referral.database.letter_tables import letter_template
from services.referral.database.tables import referral
from services.referral.letters.domain.letter_facts import Recipient
from services.referral.letters.domain.letter_kind import ALL_TEMPLATES, TemplateName
from services.referral.letters.domain.letter_template import LetterTemplate
from services.referral.letters.domain.written_letter import LetterIssue, WrittenLetter
from services.referral.letters.packs.letters import shipped_template
from services.referral.staff.database.record_access import check_family
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Letters:
    """The letters of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, letter: WrittenLetter) -> bool:
        """Store a new draft; False when the same form was sent before."""
        stored = await self._session.execute(
            insert_or(table)
            .values(**_columns(letter))
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(table.c.id)
        )
        return stored.one_or_none() is not None

    async def get(self, letter_id: UUID) -> WrittenLetter:
        """Raises NotFound when this team has no such letter."""
        return await self._get(letter_id, to_change=False)

    async def get_to_change(self, letter_id: UUID) -> WrittenLetter:
        """As `get`, and locked until the transaction ends."""
        return await self._get(letter_id, to_change=True)

    async def save(self, letter: WrittenLetter) -> None:
        await self._session.execute(update(table).where(table.c.id == letter.id).values(**_columns(letter)))

    async def next_number(self, referral_id: UUID) -> int:
        """Among the letters of a referral, which is locked meanwhile, so that the numbers have no holes."""
        await self._session.execute(select(referral.c.id).where(referral.c.id == referral_id).with_for_update())
        last = await self._session.scalar(select(func.max(table.c.number)).where(table.c.referral_id == referral_id))
        return (last or 0) + 1

    async def _get(self, letter_id: UUID, *, to_change: bool) -> WrittenLetter:
        whose = func.coalesce(table.c.family_id, referral.c.family_id).label("whose")
        query = (
            select(table, whose)
            .join_from(table, referral, referral.c.id == table.c.referral_id)
            .where(table.c.id == letter_id)
        )
        found = await self._session.execute(query.with_for_update(of=table) if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("letter_not_found", "This team has no such letter. Look for it among the family's letters.")
        if row.whose is not None:
            await check_family(self._work, row.whose)
        return _letter(row)


@dataclass(frozen=True)
class TeamTemplate:
    """The words that a team uses now for one kind of letter."""

    template: LetterTemplate
    number: int
    """Of the team's own versions; 0: never edited."""
    is_ours: bool
    """The words that the software ships with."""
    edited_at: datetime | None = None
    """UTC."""
    edited_by: UUID | None = None


class LetterTemplates:
    """The templates of one team: its own, or those that the software ships with."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, name: TemplateName) -> TeamTemplate:
        """The one that is used now."""
        return (await self.all())[name]

    async def all(self) -> Mapping[TemplateName, TeamTemplate]:
        """The newest of each that the team has edited; for the others, ours."""
        newest = (
            select(letter_template)
            .ext(distinct_on(letter_template.c.name))
            .order_by(letter_template.c.name, letter_template.c.number.desc())
        )
        edited = {row.name: row for row in await self._session.execute(newest)}
        return {name: _template(name, edited.get(name.value)) for name in ALL_TEMPLATES}

    async def add(self, name: TemplateName, number: int, text: str | None, work: UnitOfWork) -> bool:
        """Store a version, or with no text the step back to ours; False when there is one of that number already."""
        stored = await self._session.execute(
            insert_or(letter_template)
            .values(name=name.value, number=number, text=text, edited_by=work.actor.id, edited_at=work.now)
            .on_conflict_do_nothing()
            .returning(letter_template.c.number)
        )
        return stored.one_or_none() is not None


def _template(name: TemplateName, row: Any) -> TeamTemplate:
    shipped = shipped_template(name)
    if row is None:
        return TeamTemplate(shipped, 0, is_ours=True)
    own = shipped if row.text is None else LetterTemplate(name, row.text)
    return TeamTemplate(own, row.number, row.text is None, row.edited_at, row.edited_by)


def _letter(row: Any) -> WrittenLetter:
    issued = row.number is not None
    issue = read_row(LetterIssue, row, by=row.issued_by, at=row.issued_at) if issued else None
    recipient = Recipient(row.recipient_name, tuple(row.recipient_address.splitlines()))
    return read_row(WrittenLetter, row, recipient=recipient, issue_of=issue)


def _columns(letter: WrittenLetter) -> dict[str, Any]:
    issued = letter.issue_of
    return {
        **columns_of(letter, without="recipient issue_of"),
        "recipient_name": letter.recipient.name,
        "recipient_address": "\n".join(letter.recipient.address),
        "number": issued.number if issued else None,
        "issued_by": issued.by if issued else None,
        "issued_at": issued.at if issued else None,
        "team_name": issued.team_name if issued else None,
        "team_phone": issued.team_phone if issued else None,
    }
