"""The list of all subscriptions: what each is, when it is told, what came of it and why."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.about_file import about_file
from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.publication.database.readers import remit_now
from services.reporting.publication.domain.freezing import freezing_day
from services.reporting.publication.domain.reach import ALL_OF_IT
from services.reporting.publication.domain.span import months_later
from services.reporting.subscription.domain.look import scope_words
from services.reporting.subscription.domain.subscription import Channel, Condition, Subscription, next_monday
from services.reporting.subscription.queries.seen_figures import newest_snapshot
from services.reporting.subscription.queries.subscription_list import (
    SubscriptionFilter,
    SubscriptionLine,
    SubscriptionState,
    subscription_counts,
    subscription_list,
)
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.clock import london_date
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.excel_file import About
from shared.web.permissions import need

router = APIRouter(prefix="/subscriptions")

READS = need(*READERS)


async def _find(asked: Asked[SubscriptionFilter]) -> Listing[SubscriptionLine]:
    reads = await remit_now(asked.work.session, asked.work.actor)
    whose = None if reads == ALL_OF_IT else asked.work.actor.id
    return subscription_list(asked.chosen, asked.work.today, whose, reads)


async def _counts(asked: Asked[SubscriptionFilter]) -> Counts:
    reads = await remit_now(asked.work.session, asked.work.actor)
    whose = None if reads == ALL_OF_IT else asked.work.actor.id
    found = await subscription_counts(asked.work.session, asked.work.today, whose, reads)
    return {**found, None: sum(found.values())}


def _about(asked: Asked[SubscriptionFilter]) -> About:
    is_lead = Role.REGIONAL_LEAD in asked.work.actor.roles
    return about_file("Subscriptions", "The region" if is_lead else "Your own", asked.work.now)


async def _more(asked: Asked[SubscriptionFilter]) -> dict[str, Any]:
    units: ReportingUnits = asked.request.app.state.units_of_work
    newest = await newest_snapshot(asked.work.session)
    return {
        "has_server": bool(units.office.mail_server),
        "is_frozen": newest is not None,
        "next_freeze": freezing_day(months_later(newest.month, 1)) if newest else None,
        "now": asked.work.now,
        "next_of": next_of,
    }


def when_words(one: Subscription) -> str:
    return one.terms.condition.label


def by_words(line: SubscriptionLine) -> str:
    """`Email, 7 addresses`."""
    channel = line.subscription.terms.channel
    if channel is Channel.EMAIL:
        return f"Email, {line.addresses} address{'' if line.addresses == 1 else 'es'}"
    if channel is Channel.WEBHOOK:
        return f"Webhook to {line.subscription.terms.webhook.split('/')[2]}"
    return channel.label


def next_of(one: Subscription, now: datetime, next_freeze: date | None) -> str:
    """When it is looked at again."""
    if one.ended_at:
        return ""
    if one.asleep_since:
        return "Paused itself: it goes on when whoever made it signs in"
    if one.paused_until and one.is_paused(london_date(now)):
        return f"Paused until {date_words(one.paused_until)}"
    if one.terms.condition is Condition.EVERY_MONDAY:
        return moment_words(next_monday(now))
    return f"{date_words(next_freeze)}, when the next month is frozen" if next_freeze else "When a month is frozen"


_MARKS = {SubscriptionState.FAILED: Mark.ALARM}

_COLUMNS: Sequence[Column[SubscriptionLine]] = (
    Column("What", lambda line: line.subscription.terms.name, cell="what", heads_row=True, place="who"),
    Column("Whose", lambda line: line.owner),
    Column("Of", lambda line: scope_words(line.subscription.terms, line.subscription.remit)),
    Column("When", lambda line: when_words(line.subscription), cell="when"),
    Column("Where to", by_words, cell=PLAIN),
    Column("State", lambda line: line.state, cell="state", place="tag"),
    Column("Last look", lambda line: line.ran_at),
    Column("What came of it, and why", lambda line: line.why, cell="last", place="needs"),
    Column("Next", cell="next"),
    Column("Do", cell="do", place="do"),
)

SUBSCRIPTIONS = ListPage(
    path="",
    may=READS,
    reads="subscriptions.read",
    exports="subscriptions.export",
    filters=(
        Filter("state", SubscriptionState, "State", every="All", is_chips=True, alarms=(SubscriptionState.FAILED,)),
    ),
    chosen=SubscriptionFilter,
    find=_find,
    counts=_counts,
    columns=_COLUMNS,
    marks=lambda line: _MARKS.get(line.state),
    template="subscription/subscriptions.html",
    more=_more,
    done={"made": "Saved. It tells what starts from now on", "end": "It has ended. Nothing of it leaves any more"},
    file_name="subscriptions.csv",
    about=_about,
)
add_list(router, SUBSCRIPTIONS)
