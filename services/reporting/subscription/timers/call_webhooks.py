"""Every second: the next delivery goes to its webhook; the same bytes with the same id, until it is taken."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

import structlog

from services.reporting.facts.database.reporting_work import ReportingUnits, ReportingWork
from services.reporting.subscription.database.deliveries import Deliveries, Delivery
from services.reporting.subscription.database.digest_messages import DigestMessages
from services.reporting.subscription.database.ending import end
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.digest_message import DigestMessage, failing_words, off_words
from services.reporting.subscription.domain.retrying import TOLD_AT_TRY, Answer, Outcome
from services.reporting.subscription.domain.run import RunOutcome
from services.reporting.subscription.domain.subscription import Subscription
from shared.kernel.actor import system
from shared.kernel.clock import machine_stopwatch
from shared.kernel.error_code import code_of
from shared.webhook import Answered, Call, NotPublic, NotTrusted, Silent, call_webhook

log = structlog.get_logger()

Caller = Callable[[Call, datetime], Awaitable[Answered]]


async def call_webhooks(units: ReportingUnits, caller: Caller = call_webhook) -> int:
    """Try the one that is due longest, and give 1; 0 when none is."""
    async with units.begin(system()) as work:
        delivery = await Deliveries(work).claim()
        if delivery is None:
            return 0
        one = await Subscriptions(work).get(delivery.subscription)
        now = work.now
    call = Call(
        str(delivery.id), one.terms.webhook, delivery.body.encode(), one.keys(now, units.office.subscription_key)
    )
    began = machine_stopwatch()
    outcome = await _outcome(call, now, caller)
    took_ms = int(1000 * (machine_stopwatch() - began))
    async with units.begin(system()) as work:
        if outcome.answer is Answer.TAKEN:
            await Deliveries(work).tried(delivery, outcome, took_ms)
        else:
            await _failed(delivery, outcome, took_ms, work)
    return 1


async def _outcome(call: Call, now: datetime, caller: Caller) -> Outcome:
    try:
        answered = await caller(call, now)
    except NotPublic:
        return Outcome(Answer.NOT_PUBLIC)
    except NotTrusted:
        return Outcome(Answer.NOT_TRUSTED)
    except Silent as silent:
        return Outcome(Answer.SILENT if silent.is_late else Answer.UNREACHABLE)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it counts as a try, or it would be called for ever
        log.warning("webhook_call_broke", trouble=code_of(trouble))
        return Outcome(Answer.UNREACHABLE)
    return Outcome(_answer_of(answered.status), answered.status, answered.retry_after)


def _answer_of(status: int) -> Answer:
    if status == HTTPStatus.GONE:
        return Answer.GONE
    return {2: Answer.TAKEN, 3: Answer.REDIRECTED}.get(status // 100, Answer.REFUSED)


async def _failed(delivery: Delivery, outcome: Outcome, took_ms: int, work: ReportingWork) -> None:
    """Whoever looks after it hears of the third failure and of the last."""
    one = await Subscriptions(work).get_to_change(delivery.subscription)  # before the delivery, as `replay` does
    tried = await Deliveries(work).tried(delivery, outcome, took_ms)
    if tried.is_current:
        await _say(delivery, one, outcome, tried.again, work)


async def _say(
    delivery: Delivery, one: Subscription, outcome: Outcome, again: datetime | None, work: ReportingWork
) -> None:
    tries, page = delivery.tries + 1, f"{work.office.public_url}/subscriptions/{one.id}"
    subscriptions = Subscriptions(work)
    if again is None:
        kind, words = DigestMessage.OFF, off_words(one.terms.name, page, f"{outcome.words}, at try {tries}.")
        why = f"{outcome.words}, at try {tries}. It is not tried again."
        await subscriptions.ran(one, RunOutcome.FAILED, why, delivery=delivery.id)
    elif tries == TOLD_AT_TRY:
        kind, words = DigestMessage.FAILING, failing_words(one.terms.name, page, tries)
    else:
        return
    for to in await subscriptions.subscribers(one.id):
        await DigestMessages(work).tell(kind, to, f"{delivery.id}:{kind.value}", words)
    if outcome.answer is Answer.GONE:
        one.end(work.now, "The webhook answered that nobody wants it any more (410).")
        await end(one, work)
