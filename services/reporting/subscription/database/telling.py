"""A digest leaves: it is kept to the byte, and its mails are queued, in the transaction that found what it tells."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.digest_messages import DigestMessages, stop_link
from services.reporting.subscription.database.subscriptions import Subscriber, Subscriptions
from services.reporting.subscription.domain.digest import Digest
from services.reporting.subscription.domain.digest_mail import (
    MOST_PICTURES,
    MailPlace,
    as_html,
    as_text,
    picture_name,
    subject,
)
from services.reporting.subscription.domain.digest_message import DigestMessage
from services.reporting.subscription.domain.subscription import Channel, Subscription
from services.reporting.subscription.domain.watched_cell import Change
from services.reporting.variation.domain.variation import Variation
from services.reporting.variation.web.sparkline import sparkline
from shared.staff.message import MessageWords
from shared.web.picture import png_file

PICTURE = (264, 92)
"""Units of a drawing, and pixels of a mail; the file has twice as many."""


async def tell(
    subscription: Subscription,
    digest: Digest,
    variations: Sequence[Variation],
    work: ReportingWork,
    *,
    only_to: Subscriber | None = None,
) -> UUID | None:
    """By the subscription's channel; gives what is kept of it, None where nothing leaves: its page shows it.

    Args:
        only_to: the one address that asked for it; None: all.
    """
    match subscription.terms.channel:
        case Channel.PAGE:
            return None
        case Channel.EMAIL:
            return await _by_mail(subscription, digest, variations, work, only_to)
        case _:
            return await Deliveries(work).add(subscription, digest)


async def _by_mail(
    subscription: Subscription,
    digest: Digest,
    variations: Sequence[Variation],
    work: ReportingWork,
    only_to: Subscriber | None,
) -> UUID:
    place = MailPlace(work.office.public_url, str(subscription.id), digest.month)
    pictures = await _pictures(digest, variations)
    html = as_html(digest, place, work.today, pictures)
    made = await Deliveries(work).add(subscription, digest, html, pictures)
    words = subject(digest), as_text(digest, place, work.today)
    messages = DigestMessages(work)
    for one in [only_to] if only_to else await Subscriptions(work).subscribers(subscription.id):
        said = MessageWords(*words, stop_link(work.office.public_url, one.secret))
        await messages.tell(DigestMessage.DIGEST, one, str(made), said, made)
    return made


async def _pictures(digest: Digest, variations: Sequence[Variation]) -> Mapping[str, bytes]:
    """Of what is new, by the names that the mail has for them."""
    by_place = {(one.indicator.number, one.series.team): one for one in variations}
    width, height = PICTURE
    drawn: dict[str, bytes] = {}
    for row in digest.of(Change.STARTED)[:MOST_PICTURES]:
        name = picture_name(row)
        drawing = sparkline(name, by_place[row.indicator, row.team], width=width, height=height)
        drawn[name] = await png_file(drawing)
    return drawn
