"""Stop the emails to one address, by the link that is in each of them: nobody signs in for it."""

from dataclasses import dataclass

from services.reporting.subscription.database.ending import end
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.run import RunOutcome
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StopDigest:
    secret: str
    """Of the link."""


async def stop_digest(command: StopDigest, work: UnitOfWork) -> None:
    """To that address; twice is once. A subscription that has nobody left to write to ends.

    Raises:
        NotFound: no link has that secret.
    """
    subscriptions = Subscriptions(work)
    leaver = await subscriptions.by_secret(command.secret)
    if leaver.left_at is not None:
        return
    one = await subscriptions.get_to_change(leaver.subscription)
    await subscriptions.leave(leaver)
    why = "One address was taken off, by the link in its email."
    if not await subscriptions.subscribers(one.id):
        one.end(work.now, "Nobody is left whom it is sent to.")
        why += " Nobody is left, so it ended."
    await (end(one, work) if one.ended_at else subscriptions.save(one))
    await subscriptions.ran(one, RunOutcome.CHANGED, why)
    work.record("subscription.stop", one.id)
