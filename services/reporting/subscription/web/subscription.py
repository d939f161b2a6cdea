"""One subscription: what it would tell now, what it told and why, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.reporting.dashboard.web.panel import Head, Panel, link
from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.about_file import about_file
from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.publication.web.audience_words import audience_words
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.digest import Digest, Section
from services.reporting.subscription.domain.digest_mail import MailPlace, as_text, subject
from services.reporting.subscription.domain.look import Frozen, look_again, scope_words
from services.reporting.subscription.domain.subscription import SHOWN_FOR, Channel, Subscription
from services.reporting.subscription.domain.told_figure import HEADS, ToldFigure
from services.reporting.subscription.queries.seen_figures import seen_figures
from services.reporting.subscription.queries.subscription_record import RunLine, run_list, subscription_record
from shared.kernel.actor import Actor
from shared.staff.column import Column, in_order
from shared.staff.download import Download, download_at
from shared.staff.work import begin
from shared.web.excel_file import About
from shared.web.pages import render
from shared.web.permissions import need

router = APIRouter(prefix="/subscriptions")

Reader = Annotated[Actor, need(*READERS)]

RUNS, MOST_RUNS = 25, 10_000
_DONE = {
    "change": "Saved.",
    "pause": "Saved.",
    "mute": "Saved. It is muted, or told again, from now on.",
    "send": "One is on its way.",
    "again": "What had failed leaves within a few seconds.",
    "replay": "It is sent again.",
    "key": "Saved. Copy the new key below: it is shown to you for ten minutes only.",
    "made": "Saved. It tells what starts from now on. Where it has a key, copy it now.",
}


@dataclass(frozen=True)
class Shown:
    """What it would tell now."""

    digest: Digest

    def panel(self, section: Section, place: MailPlace) -> Panel:
        """The same rows as the mail's table under that heading."""
        return Panel(
            name=section.heading.lower().replace(" ", "-"),
            title=f"{section.heading}: {len(section.rows)}",
            heads=tuple(Head(name) for name in HEADS),
            rows=[_row(one, place) for one in section.rows],
            kind="r-plain r-told",
        )


def _row(one: ToldFigure, place: MailPlace) -> list[Any]:
    words = list(one.words)
    address = place.figure(one).removeprefix(place.public_url)
    return [words[0], link(address, words[1]), *words[2:]]


async def digest_now(one: Subscription, work: ReportingWork) -> Digest | None:
    """What it would tell, as its subscriber sees it; None: nothing is frozen yet."""
    seen = await seen_figures(one, work)
    if seen is None:
        return None
    frozen = Frozen(seen.snapshot.month, seen.snapshot.frozen_on, seen.variations)
    return look_again(one, await Subscriptions(work).cells(one.id), frozen)


@router.get("/{subscription_id:uuid}")
async def show_subscription(request: Request, subscription_id: UUID, actor: Reader, done: str = "") -> Response:
    """Live: it shows what is published as soon as it is."""
    async with begin(request, actor) as work:
        record = await subscription_record(subscription_id, work)
        one = record.subscription
        digest = await digest_now(one, work)
        runs = await run_list(one.id, record.reads).page(work.session, 1, RUNS)
        work.record("subscription.read", one.id)
        place = MailPlace("", str(one.id), digest.month) if digest else None
        today, now, office = work.today, work.now, work.office
        is_shown = one.is_key_shown(now, actor.id) and not one.ended_at
        key = next(iter(one.keys(now, office.subscription_key)), "") if is_shown else ""
    context: dict[str, Any] = {
        "live_events": "/events",
        "record": record,
        "one": one,
        "scope": scope_words(one.terms, one.remit),
        "runs": runs,
        "digest": digest,
        "panels": [Shown(digest).panel(section, place) for section in digest.sections] if digest and place else [],
        "done": _DONE.get(done),
        "muted": [cell for cell in record.cells if cell.is_muted(today)],
        "changes": ([row for row in digest.figures if row.change.value != "none"] if digest else []),
        "has_server": bool(office.mail_server),
        "key": key,
        "shown_for": SHOWN_FOR,
        "now": now,
        "pause_after": office.pause_after.days,
        "is_paused": one.is_paused(today),
        "CHANNEL": Channel,
    }
    if digest and place and one.terms.channel is Channel.EMAIL:
        where = MailPlace(office.public_url, str(one.id), digest.month)
        context |= {"mail_subject": subject(digest), "mail_text": as_text(digest, where, today)}
    if digest and one.terms.channel in {Channel.WEBHOOK, Channel.STREAM, Channel.API}:
        context["body"] = digest.as_json(now)
    return render(request, "subscription/subscription.html", **context)


@download_at(router, "/{subscription_id:uuid}/figures.csv")
async def download_told(request: Request, subscription_id: UUID, actor: Reader) -> Download[Any]:
    """Every figure that it looks at, also those that the page leaves out."""
    async with begin(request, actor) as work:
        one = await Subscriptions(work).get(subscription_id)
        digest = await digest_now(one, work)
        work.record("subscription.export", subscription_id)
        about = _about(one, work.now, ("Figures", digest.scope_words if digest else "No month is frozen yet"))
    rows = [told.words for told in digest.figures] if digest else []
    return Download("subscription.csv", in_order(*HEADS), rows, about)


@download_at(router, "/{subscription_id:uuid}/runs.csv")
async def download_runs(request: Request, subscription_id: UUID, actor: Reader) -> Download[RunLine]:
    """All that ran, also what the page leaves out."""
    async with begin(request, actor) as work:
        subscriptions = Subscriptions(work)
        one = await subscriptions.get(subscription_id)
        found = await run_list(one.id, await subscriptions.reads()).page(work.session, 1, MOST_RUNS)
        work.record("subscription.export", subscription_id)
        about = _about(one, work.now, ("Rows", "What ran, what came of it and why, the latest first"))
    return Download("runs.csv", _OF_RUNS, found.rows, about)


def _about(one: Subscription, now: datetime, more: tuple[str, str]) -> About:
    of = scope_words(one.terms, one.remit).removesuffix(".")
    return about_file(f"Subscription: {one.terms.name}", of, now, more, to=audience_words(one.reach(0)))


_OF_RUNS: Sequence[Column[RunLine]] = (
    Column("When", lambda run: run.ran_at),
    Column("What", lambda run: run.outcome),
    Column("Why", lambda run: run.why),
    Column("Sent", lambda run: run.became),
    Column("Next try", lambda run: run.next_try_at),
)
