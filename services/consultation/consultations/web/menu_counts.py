"""What the head of every page says: what is to do, and that a child could come to harm until somebody answers."""

from datetime import datetime
from typing import Any

from fastapi import FastAPI
from sqlalchemy import ColumnElement, func, select

from services.consultation.database.supervision_tables import supervisee
from services.consultation.database.tables import consultation, organisation, task
from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION, READ
from shared.kernel.actor import Actor
from shared.staff.tables import colleague
from shared.web.sessions import Sessions
from shared.web.tables import web_session
from shared.web.watch import MenuCount, StandingNotice, Watched


def prepare(app: FastAPI) -> None:
    """They are looked up with the session."""
    sessions: Sessions = app.state.sessions
    sessions.watches.append(MenuCounts())


class MenuCounts:
    """Of what the lists show."""

    def column(self) -> ColumnElement[Any]:
        counted: dict[str, Any] = {"follow_ups": _follow_ups(), "concerns": _concerns(), "behind": _behind()}
        return func.jsonb_build_object(*(part for pair in counted.items() for part in pair))

    def watched(self, value: Any, actor: Actor, now: datetime) -> Watched:  # noqa: ARG002
        """Whoever is not of the team is told nothing."""
        if not actor.roles & CAPABILITIES.roles_with(READ):
            return Watched()
        concerns: list[dict[str, Any]] = value["concerns"] or []
        leads = actor.roles & CAPABILITIES.roles_with(LEAD_SUPERVISION)
        return Watched(
            [_notice(one) for one in concerns],
            {
                "/consultations": MenuCount(value["follow_ups"]),
                "/tasks": MenuCount(len(concerns), is_alarm=bool(concerns)),
                "/supervision": MenuCount(value["behind"] if leads else 0),
            },
        )


def _follow_ups() -> Any:
    """What the reader said that they would do."""
    own = consultation.c.consultant_id == web_session.c.actor_id
    is_open = consultation.c.follow_up_on.is_not(None) & (consultation.c.withdrawn_why == "")
    return select(func.count()).select_from(consultation).where(own, is_open).correlate(web_session).scalar_subquery()


def _behind() -> Any:
    """Colleagues who fell behind with supervision, as the last hour found."""
    is_behind = supervisee.c.behind_since.is_not(None)
    return select(func.count()).select_from(supervisee).where(is_behind).scalar_subquery()


def _concerns() -> Any:
    found = (
        select(task.c.id, organisation.c.name.label("asked"), colleague.c.name.label("responsible"), task.c.raised_at)
        .join(consultation, consultation.c.id == task.c.subject_id)
        .join(organisation, organisation.c.id == consultation.c.organisation_id)
        .outerjoin(colleague, colleague.c.id == task.c.assigned_to)
        .where(task.c.answered_at.is_(None))
        .order_by(task.c.raised_at)
        .limit(3)
        .subquery("concern")
    )
    one: Any = found.c
    built = func.jsonb_build_object("id", one.id, "asked", one.asked, "responsible", one.responsible)
    return select(func.jsonb_agg(built)).select_from(found).scalar_subquery()


def _notice(one: dict[str, Any]) -> StandingNotice:
    who = one["responsible"] or "Nobody"
    words = f"A child could come to harm: {one['asked']} asked. {who} has not answered yet. Answer now"
    return StandingNotice(words, f"/tasks/{one['id']}", is_urgent=True)
