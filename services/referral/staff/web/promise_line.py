"""The lines about open promises on every page of the team: danger always, what else was promised on its last day."""

from datetime import datetime
from typing import Any

from fastapi import FastAPI
from sqlalchemy import ColumnElement, DateTime, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.intake_tables import promise
from services.referral.database.tables import referral
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.staff.domain.open_promise import promise_words
from shared.contracts.pathway_codes import PromiseKind
from shared.database.built_once import TODAY
from shared.kernel.actor import Actor
from shared.kernel.clock import LONDON
from shared.web.sessions import Sessions
from shared.web.watch import StandingNotice, Watched


def prepare(app: FastAPI) -> None:
    """The lines are looked up with the session."""
    sessions: Sessions = app.state.sessions
    sessions.watches.append(PromiseWatch())


class PromiseWatch:
    """Of promises that nobody has kept."""

    def column(self) -> ColumnElement[Any]:
        """By kind: how many, when the first is due, and whether that is about a referral."""
        return _shown_today()

    def watched(self, value: Any, actor: Actor, now: datetime) -> Watched:
        """Danger first; whoever is not of the team is told nothing."""
        if not actor.roles & CAPABILITIES.roles_with(RECORD):
            return Watched()
        order = list(PromiseKind)
        return Watched([_notice(one, now) for one in sorted(value or (), key=lambda one: order.index(one["kind"]))])


def _shown_today() -> ColumnElement[Any]:
    midnight = func.timezone(LONDON.key, cast(TODAY + 1, DateTime))
    is_shown = or_(promise.c.kind == PromiseKind.DANGER_SAID.value, promise.c.due_at < midnight)
    first = func.array_agg(aggregate_order_by(promise.c.about, promise.c.due_at))[1]
    kinds = (
        select(
            promise.c.kind,
            func.count().label("how_many"),
            func.min(promise.c.due_at).label("due_at"),
            first.label("about"),
        )
        .where(promise.c.answered_at.is_(None), is_shown)
        .group_by(promise.c.kind)
        .subquery("kinds")
    )
    one: Any = kinds.c
    said: dict[str, Any] = {
        "kind": one.kind,
        "count": one.how_many,
        "due_at": one.due_at,
        "about": one.about,
        "is_referral": exists().where(referral.c.id == one.about),
    }
    pairs = [part for name, value in said.items() for part in (name, value)]
    return select(func.jsonb_agg(func.jsonb_build_object(*pairs))).select_from(kinds).scalar_subquery()


def _notice(one: dict[str, Any], now: datetime) -> StandingNotice:
    kind, due_at = PromiseKind(one["kind"]), datetime.fromisoformat(one["due_at"])
    words = promise_words(kind, one["count"], due_at, now)
    is_danger = kind is PromiseKind.DANGER_SAID
    return StandingNotice(words, _address(one, is_danger=is_danger), is_urgent=is_danger or due_at < now)


def _address(one: dict[str, Any], *, is_danger: bool) -> str:
    """Where the only one is answered; where there are more, the queue, above which all danger stands."""
    if one["count"] > 1:
        return "/triage"
    if not one["is_referral"]:
        return f"/callbacks/{one['about']}"
    return f"/referrals/{one['about']}" + ("/danger" if is_danger else "")
