"""What the head of every page says: how many tasks wait for its reader."""

from datetime import datetime
from typing import Any

from fastapi import FastAPI
from sqlalchemy import ColumnElement, func, select

from services.training.database.task_tables import task
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_CASES, READ
from shared.kernel.actor import Actor
from shared.web.sessions import Sessions
from shared.web.tables import web_session
from shared.web.watch import MenuCount, Watched


def prepare(app: FastAPI) -> None:
    """They are looked up with the session."""
    sessions: Sessions = app.state.sessions
    sessions.watches.append(TaskCounts())


class TaskCounts:
    """Of what is theirs, and of what is anyone's who grants accreditations."""

    def column(self) -> ColumnElement[Any]:
        own, free = task.c.assigned_to == web_session.c.actor_id, task.c.assigned_to.is_(None)
        return func.jsonb_build_object("own", _open(own), "free", _open(free))

    def watched(self, value: Any, actor: Actor, now: datetime) -> Watched:  # noqa: ARG002
        """Whoever is not of the team is told nothing."""
        if not CAPABILITIES.holds(actor.roles, READ):
            return Watched()
        free = value["free"] if CAPABILITIES.holds(actor.roles, KEEP_CASES) else 0
        return Watched((), {"/tasks": MenuCount(value["own"] + free)})


def _open(whose: ColumnElement[bool]) -> Any:
    found = select(func.count()).select_from(task).where(whose, task.c.answered_at.is_(None))
    return found.correlate(web_session).scalar_subquery()
