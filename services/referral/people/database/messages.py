"""The messages of a team that works with families: each is about one of them, or about a referral that is not sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from services.referral.database.letter_tables import message as table
from services.referral.people.database.reachable import address_now, reachable
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.reachable import check_reachable
from services.referral.staff.database.record_access import check_family
from shared.kernel.errors import NotFound
from shared.staff.message import Message, ToPerson
from shared.staff.messages import MessagesAbout


class Messages(MessagesAbout[MessageKind]):
    """Those of one team. After a loss, and without consent, none leaves."""

    table, subject, kinds = table, "family_id", MessageKind

    async def check_reachable(self, to: ToPerson) -> None:
        found = await reachable(self.work, to.subject_id, to.person_id)
        if found is None:
            raise NotFound("person_not_found", "Nobody in this family has that address. Look at the family's people.")
        check_reachable(found[0])

    async def address_now(self, message: Message[MessageKind]) -> str | None:
        return await address_now(self.work.session, message)

    async def is_queued(self, kind: MessageKind, about: str) -> bool:
        """Whether one of this kind about this left, or is to leave."""
        found = select(table.c.id).where(table.c.kind == kind, table.c.about == about)
        return await self.work.session.scalar(found) is not None

    async def queued_since(self, kind: MessageKind, moment: datetime) -> int:
        """How many."""
        found = select(func.count()).where(table.c.kind == kind, table.c.queued_at > moment)
        return await self.work.session.scalar(found) or 0

    async def check_subject(self, subject_id: UUID) -> None:
        await check_family(self.work, subject_id)
