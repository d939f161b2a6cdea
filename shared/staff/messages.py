"""Messages as stored and queued; a service says of which kinds they are, about whom, and who may get one."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, func, select, update
from sqlalchemy.dialects.postgresql import insert

from shared.contracts.vocabulary import Code
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.mail import Attachment, Mail
from shared.staff.message import Kind, Message, QueueMessage, RetryMessage, ToAddress, ToPerson
from shared.unit_of_work import UnitOfWork


class MessagesAbout(ABC, Generic[Kind]):
    """The messages of one service of one team. A service has a subclass."""

    table: ClassVar[Table]
    """As `message_table` makes it."""
    subject: ClassVar[str]
    """Its column that says whom a message is about."""
    kinds: ClassVar[type[Code]]

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    @abstractmethod
    async def check_reachable(self, to: ToPerson) -> None:
        """Refuses to queue anything for someone who is not on record, or may get nothing: NotFound or RuleBroken."""

    @abstractmethod
    async def address_now(self, message: Message[Kind]) -> str | None:
        """Where a message goes now; None when it may not go, or nobody knows where.

        The service asks here for silence and consent. Without a `person_id`, it has an address of its own.
        """

    async def attachments_now(self, message: Message[Kind], address: str) -> Sequence[Attachment]:  # noqa: ARG002
        """The files that go with it when it leaves to that address; none by itself."""
        return ()

    async def dressed_now(self, message: Message[Kind], mail: Mail) -> Mail:  # noqa: ARG002
        """The mail with what a program shows in place of its text, and its own headers; as it is by itself."""
        return mail

    @abstractmethod
    async def check_subject(self, subject_id: UUID) -> None:
        """Refuses whoever may not see the subject's record."""

    async def queue(self, command: QueueMessage[Kind]) -> bool:
        """Let it leave when this transaction has committed; False when one of its kind about this was queued before.

        Raises:
            NotFound, RuleBroken: as `check_reachable`.
        """
        to, work = command.to, self.work
        if isinstance(to, ToPerson):
            await self.check_reachable(to)
        message = Message(
            id=new_id(),
            kind=command.kind,
            about=command.about,
            subject_id=to.subject_id,
            person_id=to.person_id if isinstance(to, ToPerson) else None,
            address=to.address if isinstance(to, ToAddress) else None,
            words=command.words,
            queued_by=work.actor.id,
            queued_at=work.now,
            next_attempt_at=command.not_before or work.now,
            expires_at=command.expires_at,
        )
        is_new = await self.add(message)
        if is_new:
            work.record("message.queue", to.subject_id)
        return is_new

    async def retry(self, command: RetryMessage) -> None:
        """Let one that failed leave with the next run of the timer.

        Raises:
            NotFound: this team has no such message.
            Conflict: it left, was stopped or was tried again since the page was opened.
            RuleBroken: it would come too late.
        """
        message = await self.get_to_change(command.message_id)
        message.retry(self.work.now, seen=command.expected_version)
        await self.save(message)
        self.work.record("message.retry", message.subject_id)

    async def stop_about(self, subject_id: UUID) -> None:
        """Stop everything about the subject that waits or has failed; the caller holds the subject's lock."""
        await self._stop(self.table.c[self.subject] == subject_id)

    async def stop_to(self, person_id: UUID) -> None:
        """Stop everything to someone who turned out to be unsafe to contact, whatever it is about."""
        await self._stop(self.table.c.person_id == person_id)

    async def backlog(self) -> Mapping[str, int]:
        """`mail_waiting` and `mail_failed`, of the whole team."""
        failed = func.count(self.table.c.failed_at)
        not_left = and_(self.table.c.sent_at.is_(None), self.table.c.stopped_at.is_(None))
        counts = select(failed.label("failed"), (func.count() - failed).label("waiting")).where(not_left)
        row = (await self.work.session.execute(counts)).one()
        return {"mail_waiting": row.waiting, "mail_failed": row.failed}

    async def add(self, message: Message[Kind]) -> bool:
        """Store one that waits; False when there is one of that kind about that already."""
        stored = insert(self.table).on_conflict_do_nothing().returning(self.table.c.id)
        return await self.work.session.scalar(stored, self._columns(message)) is not None

    async def get_to_change(self, message_id: UUID) -> Message[Kind]:
        """Locked until the transaction ends. Raises NotFound when this team has no such message."""
        query = select(self.table).where(self.table.c.id == message_id).with_for_update()
        row = (await self.work.session.execute(query)).one_or_none()
        if row is None:
            raise NotFound("message_not_found", "This team has no such message. Look for it in the list of messages.")
        message = self._message(row)
        if message.subject_id is not None:
            await self.check_subject(message.subject_id)
        return message

    async def next_due(self, now: datetime) -> Message[Kind] | None:
        """The one that has waited longest past its time (UTC), locked until the transaction ends; None: nothing is due.

        One that is locked is passed over: another process claims it, or someone stops it.
        """
        table = self.table.c
        is_open = and_(table.sent_at.is_(None), table.failed_at.is_(None), table.stopped_at.is_(None))
        due = select(self.table).where(is_open, table.next_attempt_at <= now).order_by(table.next_attempt_at, table.id)
        row = (await self.work.session.execute(due.limit(1).with_for_update(skip_locked=True))).one_or_none()
        return None if row is None else self._message(row)

    async def save(self, message: Message[Kind]) -> None:
        await self.work.session.execute(
            update(self.table).where(self.table.c.id == message.id).values(self._columns(message))
        )

    async def _stop(self, where: ColumnElement[bool]) -> None:
        await self.work.session.execute(
            update(self.table)
            .where(where, self.table.c.sent_at.is_(None), self.table.c.stopped_at.is_(None))
            .values(stopped_at=self.work.now, failed_at=None, link="", version=self.table.c.version + 1)
        )

    def _message(self, row: Any) -> Message[Kind]:
        kind: type[Message[Kind]] = Message
        return read_row(kind, row, kind=self.kinds(row.kind), subject_id=getattr(row, self.subject))

    def _columns(self, message: Message[Kind]) -> dict[str, Any]:
        return columns_of(message, without="subject_id") | {self.subject: message.subject_id}
