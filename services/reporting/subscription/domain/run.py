"""What became of it each time that a subscription was looked at."""

from services.reporting.subscription.domain.digest import Digest
from services.reporting.subscription.domain.subscription import Condition, Subscription
from services.reporting.subscription.domain.watched_cell import Change
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Code

NAMED = 3


class RunOutcome(Code):
    """Of one run, or of an event that is kept beside them."""

    FIRED = "fired", "Fired"
    QUIET = "quiet", "Quiet"
    FAILED = "failed", "Failed"
    ASKED = "asked", "Sent on request"
    CHANGED = "changed", "Changed"


LOOKS = (RunOutcome.FIRED, RunOutcome.QUIET)
"""Of a look that was done; the latest says in which state it is."""


def why_of(digest: Digest) -> str:
    """Why it fired, or did not: `Started: Preston, DNA rate.`"""
    started, ended, goes_on = (digest.of(one) for one in (Change.STARTED, Change.ENDED, Change.GOES_ON))
    parts = [
        f"{words}: {'; '.join(f'{one.where}, {one.name}' for one in some[:NAMED])}"
        + (f" and {len(some) - NAMED} more." if len(some) > NAMED else ".")
        for words, some in (("Started", started), ("Ended", ended))
        if some
    ]
    if digest.condition.is_at_set_times:
        parts.insert(0, digest.headline + ".")
    elif not started:
        parts.insert(0, "Nothing started.")
    if not started and goes_on and not digest.condition.is_at_set_times:
        parts.append(f"Known before, and going on: {len(goes_on)}.")
    if digest.muted:
        parts.append(f"{digest.muted} muted.")
    return " ".join(parts)


def why_followed(one: Subscription) -> str:
    """Of one whose owner's remit has changed."""
    if one.ended_at:
        return f"It ended. {one.why_ended}"
    if one.remit.localities is not None:
        places = ", ".join(map(locality_name, sorted(one.remit.localities)))
        return f"Whoever made it leads {places} now. It begins anew, of those."
    return "What whoever made it may see has changed. It begins anew, of that."


def is_fired(condition: Condition, digest: Digest) -> bool:
    """At set times always; otherwise when something started. What ended alone is told with the next that starts."""
    return condition.is_at_set_times or bool(digest.of(Change.STARTED))
