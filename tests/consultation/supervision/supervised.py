"""A colleague whose supervision is agreed, with leave, sessions and notes; days count from the test's own today."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.consultation.contents import SERVICE
from services.consultation.supervision.commands.agree_supervision import AgreeSupervision, agree_supervision
from services.consultation.supervision.commands.record_leave import RecordLeave, record_leave
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.domain.supervision_agreement import Terms
from services.consultation.supervision.domain.supervision_given import moment_of_session
from services.consultation.supervision.domain.supervision_owed import Stretch
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.contracts.supervision import SupervisionKind
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork, UnitsOfWork

PRIYA, TOM, ANN, BETH, *_ = SERVICE.people
"""Priya is supervised by Beth; Tom is the team lead; Ann is the administrator."""
LONG_AGO = date(2015, 1, 1)


def an_agreement(whom: UUID = PRIYA.id, *, experience_from: date = LONG_AGO, **changes: Any) -> AgreeSupervision:
    usual: dict[str, Any] = {"from_on": date(2020, 1, 1), "share": Decimal(1), "supervisor_id": BETH.id}
    return AgreeSupervision(new_id(), whom, experience_from, Terms(**(usual | changes)))


def a_meeting(on: date, at: time = time(14), **changes: Any) -> SupervisionMeeting:
    usual: dict[str, Any] = {
        "kind": SupervisionKind.ONE_TO_ONE,
        "starts_at": moment_of_session(on, at),
        "minutes": 60,
        "supervisor_id": BETH.id,
        "supervisees": (PRIYA.id,),
    }
    return SupervisionMeeting(**(usual | changes))


async def remember(work: UnitOfWork, *people: Person) -> None:
    for one in people:
        await Colleagues(work.session).remember(one.id, one.name, one.roles)


async def supervise_one(units: UnitsOfWork[UnitOfWork], now: datetime) -> dict[str, UUID]:
    """The ids that pages of supervision are opened with."""
    today = now.date()
    agreement, leave_id, session_id = an_agreement(), new_id(), new_id()
    async with units.begin(Actor(TOM.id, TOM.roles)) as work:
        await remember(work, PRIYA, TOM, BETH)
        await agree_supervision(agreement, work)
        away = Stretch(today - timedelta(40), today - timedelta(27))
        await record_leave(RecordLeave(leave_id, PRIYA.id, away), work)
        await record_supervision(RecordSupervision(session_id, a_meeting(today - timedelta(10))), work)
        planned = a_meeting(today + timedelta(4))
        await record_supervision(RecordSupervision(new_id(), planned), work)
    return {
        "supervisee_id": PRIYA.id,
        "agreement_id": agreement.agreement_id,
        "leave_id": leave_id,
        "session_id": session_id,
    }


SEEN_BY = {
    **dict.fromkeys(
        (
            "/supervision/people/{supervisee_id}",
            "/supervision/people/{supervisee_id}/sessions",
            "/supervision/people/{supervisee_id}/leave",
            "/supervision/leave/{leave_id}",
            "/supervision/sessions/{session_id}",
            "/supervision/sessions/{session_id}/change",
            "/supervision/sessions/{session_id}/cancel",
            "/supervision/sessions/{session_id}/people/{supervisee_id}",
        ),
        frozenset({PRIYA, BETH, TOM}),
    ),
    "/supervision/sessions/{session_id}/notes/{supervisee_id}": frozenset({PRIYA, BETH}),
}
"""Path → whom the pages of that colleague are open to: a role is not enough."""
