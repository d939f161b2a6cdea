"""Every hour: what was told longer ago than the settings say is cleared, with its emails, its tries and its runs.

The newest of each subscription stays, by which its state is known, and so do what still waits to be sent of one that
goes on and the end of the stream, by which a Redis that lost everything is filled again with the same ids.
"""

from sqlalchemy import text

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.domain.run import LOOKS
from shared.kernel.actor import system

AT_ONCE = 200
"""Deliveries in one transaction, each with its pictures."""


async def clear_what_was_told(units: ReportingUnits) -> int:
    """Give how many deliveries and runs went; those of each transaction with all that belongs to them."""
    async with units.begin(system()) as work:
        before = work.now - units.office.keep_told
        gone = (await work.session.execute(_OLD, {"before": before, "most": AT_ONCE})).scalars().all()
        for statement in _OF_THEM if gone else ():
            await work.session.execute(statement, {"gone": gone})
        number = len(gone)
        looks = [one.value for one in LOOKS]
        for statement, more in ((_RUNS, {"looks": looks}), (_MESSAGES, {})):
            rows = await work.session.execute(statement, {"before": before, "most": AT_ONCE, **more})
            number += len(rows.all())
    return number


_OLD = text("""
SELECT id FROM delivery
WHERE made_at < :before AND next_try_at IS NULL
  AND number < (SELECT max(number) FROM delivery newer WHERE newer.subscription = delivery.subscription)
  AND (position IS NULL OR position < (SELECT max(position) FROM delivery))
  AND NOT EXISTS (SELECT FROM message WHERE message.delivery_id = delivery.id
                  AND num_nonnulls(sent_at, failed_at, stopped_at) = 0
                  AND NOT EXISTS (SELECT FROM subscription
                                  WHERE id = delivery.subscription AND ended_at IS NOT NULL))
ORDER BY number LIMIT :most FOR UPDATE SKIP LOCKED
""")
_OF_THEM = (
    text("DELETE FROM message WHERE delivery_id = ANY(:gone)"),
    text("DELETE FROM subscription_run WHERE delivery = ANY(:gone)"),
    text("DELETE FROM delivery_picture WHERE delivery = ANY(:gone)"),
    text("DELETE FROM delivery_try WHERE delivery = ANY(:gone)"),
    text("DELETE FROM delivery WHERE id = ANY(:gone)"),
)
_RUNS = text("""
DELETE FROM subscription_run WHERE id IN (
    SELECT id FROM subscription_run
    WHERE ran_at < :before AND delivery IS NULL
      AND id < (SELECT coalesce(max(newer.id) FILTER (WHERE newer.outcome = ANY(:looks)), max(newer.id))
                FROM subscription_run newer WHERE newer.subscription = subscription_run.subscription)
    ORDER BY id LIMIT :most
) RETURNING id
""")
"""The last look stays, and what came after it; of one that never was looked at, the last row."""
_MESSAGES = text("""
DELETE FROM message WHERE id IN (
    SELECT id FROM message WHERE queued_at < :before AND delivery_id IS NULL
      AND num_nonnulls(sent_at, failed_at, stopped_at) = 1
    ORDER BY queued_at LIMIT :most
) RETURNING id
""")
"""Those that say that a webhook fails."""
