"""Emails of subscriptions: queued with what was told, and dressed with its tables and pictures when they leave."""

from uuid import UUID

from sqlalchemy import select

from services.reporting.subscription.database.deliveries import Deliveries, is_still_told
from services.reporting.subscription.database.subscription_tables import delivery, subscriber
from services.reporting.subscription.database.subscription_tables import message as table
from services.reporting.subscription.database.subscriptions import Subscriber
from services.reporting.subscription.domain.digest_message import DigestMessage
from shared.mail import Attachment, Mail
from shared.staff.message import Message, MessageWords, QueueMessage, RetryMessage, ToAddress, ToPerson
from shared.staff.messages import MessagesAbout


class DigestMessages(MessagesAbout[DigestMessage]):
    """Those of the region."""

    table, subject, kinds = table, "delivery_id", DigestMessage

    async def check_reachable(self, to: ToPerson) -> None:
        """Nobody has a record here: each message has its address."""

    async def check_subject(self, subject_id: UUID) -> None:
        """Whoever may is asked when a subscription is read."""

    async def address_now(self, message: Message[DigestMessage]) -> str | None:
        """None: they stopped these emails meanwhile, or whoever subscribed does not see all of it any more."""
        there = select(subscriber.c.address).where(
            subscriber.c.id == UUID(message.about.rpartition(":")[2]), subscriber.c.left_at.is_(None)
        )
        withdrawn = select(delivery.c.id).where(delivery.c.id == message.subject_id, ~is_still_told())
        is_wanted = await self.work.session.scalar(there) is not None
        is_wanted = is_wanted and await self.work.session.scalar(withdrawn) is None
        return message.address if is_wanted else None

    async def dressed_now(self, message: Message[DigestMessage], mail: Mail) -> Mail:
        """With the tables that the text says, its pictures, and how it is stopped (RFC 2369 and 8058)."""
        stops = message.words.link
        headers = (
            ("List-Unsubscribe", f"<{stops}/one-click>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )
        deliveries = Deliveries(self.work)
        html = await deliveries.html(message.subject_id) if message.subject_id else ""
        if not stops or not html:
            return mail
        pictures = [
            Attachment(name, "image/png", content)
            for name, content in await deliveries.pictures(message.subject_id or UUID(int=0))
        ]
        return Mail(
            mail.id,
            mail.to,
            mail.subject,
            mail.body,
            mail.attachments,
            html=html.replace("{link}", stops),
            pictures=tuple(pictures),
            headers=headers,
        )

    async def failed_of(self, subscription_id: UUID) -> list[RetryMessage]:
        """Those of a subscription that have failed, as they are to be tried again."""
        of_it = select(delivery.c.id).where(delivery.c.subscription == subscription_id, is_still_told())
        failed = (table.c.delivery_id.in_(of_it), table.c.failed_at.is_not(None))
        query = select(table.c.id, table.c.version).where(*failed).order_by(table.c.queued_at, table.c.id)
        return [RetryMessage(row.id, row.version) for row in await self.work.session.execute(query)]

    async def tell(
        self, kind: DigestMessage, to: Subscriber, about: str, words: MessageWords, made: UUID | None = None
    ) -> bool:
        """Let it leave; one of a kind about the same is queued once.

        Args:
            about: of what, such as a delivery's id.
        """
        return await self.queue(QueueMessage(kind, ToAddress(to.address, made), f"{about}:{to.id}", words))


def stop_link(public_url: str, secret: str) -> str:
    """Where someone stops these emails without signing in."""
    return f"{public_url}/stop/{secret}"
