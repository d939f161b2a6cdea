"""How much waits behind the links of the header: referrals to decide on, reviews that are late, tasks to answer."""

from datetime import datetime
from typing import Any

from fastapi import FastAPI
from sqlalchemy import ColumnElement, case, func, select

from services.referral.database.contact_tables import task
from services.referral.database.intake_tables import callback
from services.referral.database.tables import episode, referral
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.staff.domain.task import SAFETY, TASK_RULES
from services.referral.staff.queries.danger_to_answer import RESPONSIBLE_ID, unanswered_danger
from services.referral.worklists.queries.caseload import open_episode
from shared.contracts.pathway_codes import TaskKind
from shared.database.built_once import TODAY, written_out
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.web.sessions import Sessions
from shared.web.tables import web_session
from shared.web.watch import MenuCount, Watched


def prepare(app: FastAPI) -> None:
    """They are looked up with the session."""
    sessions: Sessions = app.state.sessions
    sessions.watches.append(MenuCounts())


class MenuCounts:
    """Of what a list shows to whoever opens it without choosing anything."""

    def column(self) -> ColumnElement[Any]:
        counted: dict[str, Any] = {
            "triage": _triage(),
            "reviews": _own_reviews().where(episode.c.review_on < TODAY).scalar_subquery(),
            "tasks": _tasks(),
            "dangers": _own_dangers(),
        }
        return func.jsonb_build_object(*(part for pair in counted.items() for part in pair))

    def watched(self, value: Any, actor: Actor, now: datetime) -> Watched:
        """Whoever is not of the team is told nothing."""
        if not actor.roles & CAPABILITIES.roles_with(RECORD):
            return Watched()
        today = london_date(now).isoformat()
        tasks = [one for one in value["tasks"] or () if one["is_own"] or _may_answer(one, actor)]
        return Watched(
            counts={
                "/triage": MenuCount(value["triage"]),
                "/reviews": MenuCount(value["reviews"]),
                "/tasks": MenuCount(
                    sum(one["how_many"] for one in tasks) + value["dangers"],
                    is_alarm=value["dangers"] > 0
                    or any(one["kind"] in SAFETY or one["due_on"] < today for one in tasks),
                ),
            }
        )


def _may_answer(one: dict[str, Any], actor: Actor) -> bool:
    return TASK_RULES.may_answer(TaskKind(one["kind"]), actor.roles)


def _triage() -> Any:
    """Referrals to decide on, and numbers that someone left."""
    referrals = select(func.count()).select_from(referral).where(referral.c.decided_on.is_(None)).scalar_subquery()
    numbers = select(func.count()).select_from(callback).where(callback.c.answered_at.is_(None)).scalar_subquery()
    return referrals + numbers


def _own_dangers() -> Any:
    """Told of, not answered, and the reader's to answer."""
    own = unanswered_danger().with_only_columns(func.count()).order_by(None)
    return own.where(web_session.c.actor_id == RESPONSIBLE_ID).correlate(web_session).scalar_subquery()


def _own_reviews() -> Any:
    own = episode.c.lead_id == web_session.c.actor_id
    return select(func.count()).select_from(episode).where(open_episode(), own)


def _tasks() -> Any:
    """Of the reader, and nobody's: by kind, how many and when the first is due."""
    belonging = written_out(kind for kind, rule in TASK_RULES.of.items() if rule.belongs_to)
    responsible = func.coalesce(task.c.assigned_to, case((task.c.kind.not_in(belonging), episode.c.lead_id)))
    is_own = responsible == web_session.c.actor_id
    goes_on = (episode.c.family_id == task.c.family_id) & open_episode()
    kinds = (
        select(
            task.c.kind,
            is_own.is_(True).label("is_own"),
            func.count().label("how_many"),
            func.min(task.c.due_on).label("due_on"),
        )
        .select_from(task)
        .outerjoin(episode, goes_on)
        .where(task.c.answered_at.is_(None), is_own | responsible.is_(None))
        .group_by(task.c.kind, is_own.is_(True))
        .correlate(web_session)
        .subquery("kinds")
    )
    one: Any = kinds.c
    built = func.jsonb_build_object(
        "kind", one.kind, "is_own", one.is_own, "how_many", one.how_many, "due_on", one.due_on
    )
    return select(func.jsonb_agg(built)).select_from(kinds).scalar_subquery()
