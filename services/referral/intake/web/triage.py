"""The triage queue: referrals that wait for a decision."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.queries.triage_queue import QueueFilter, QueueLine, QueueState, QueueTargets, triage_queue
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import settings_of
from shared.contracts.vocabulary import SourceGroup, Urgency
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter()


async def _find(asked: Asked[QueueFilter]) -> Listing[QueueLine]:
    return triage_queue(asked.work, asked.work.today, asked.chosen, _targets(asked.request))


async def _more(asked: Asked[QueueFilter]) -> dict[str, Any]:
    callbacks = await Callbacks(asked.work).open()
    return {"targets": _targets(asked.request), "is_filtered": asked.chosen != QueueFilter(), "callbacks": callbacks}


def _targets(request: Request) -> QueueTargets:
    settings = settings_of(request)
    return QueueTargets(settings.triage_target_of(Urgency.ROUTINE), settings.triage_target_of(Urgency.URGENT))


_COLUMNS: Sequence[Column[QueueLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Baby", lambda line: line.baby_name or "Not born yet", cell="baby"),
    Column("Age", lambda line: line.age),
    Column("Parent or carer", lambda line: line.caregiver_name, cell=PLAIN),
    Column("Referred by", lambda line: line.source_group, cell=PLAIN),
    Column("State", cell="state"),
    Column("Received", cell="received"),
    Column("Received on", lambda line: line.received_on),
    Column("Days since referral received", lambda line: line.wait.days),
    Column("Working days since referral received", lambda line: line.wait.working_days, cell="days"),
    Column("Over target", lambda line: line.is_over),
    Column("Somebody in danger", lambda line: line.in_danger),
    Column("Priority", lambda line: line.urgency or "Not set"),
    Column("State", lambda line: line.state),
    Column("Ask again on", lambda line: line.chase_on),
)

TRIAGE = ListPage(
    path="/triage",
    may=STAFF,
    reads="triage.read",
    exports="triage.export",
    filters=(
        Filter("source_group", SourceGroup, "Referred by", every="Everybody"),
        Filter("state", QueueState, "State", every="All"),
        Filter("urgency", Urgency, "Priority", every="All"),
    ),
    chosen=QueueFilter,
    find=_find,
    columns=_COLUMNS,
    template="intake/triage.html",
    more=_more,
    done={"closed": "The referral is closed.", "called_back": "What came of the number is stored."},
    file_name="triage-queue.csv",
)
add_list(router, TRIAGE)
