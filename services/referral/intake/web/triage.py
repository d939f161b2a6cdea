"""The triage queue: referrals that wait for a decision."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup

from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.database.wanted_referrals import WantedReferrals
from services.referral.intake.queries.triage_queue import (
    QueueFilter,
    QueueLine,
    QueuePart,
    QueueTargets,
    queue_counts,
    triage_queue,
)
from services.referral.intake.web.next_referral import just_decided
from services.referral.settings import ReferralSettings
from services.referral.staff.queries.danger_to_answer import danger_to_answer
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import settings_of
from shared.contracts.vocabulary import SourceGroup, Urgency
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, Counts, ListPage, Mark
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.line_drawing import Colour, wait_bar

router = APIRouter()


async def _find(asked: Asked[QueueFilter]) -> Listing[QueueLine]:
    return triage_queue(asked.work, asked.work.today, asked.chosen, targets_of(settings_of(asked.request)))


async def _counts(asked: Asked[QueueFilter]) -> Counts:
    targets = targets_of(settings_of(asked.request))
    return await queue_counts(asked.work, asked.work.today, asked.chosen.source_group, targets)


async def _more(asked: Asked[QueueFilter]) -> dict[str, Any]:
    dangers = await danger_to_answer(asked.work)
    promised = {one.address for one in dangers}
    return {
        "targets": targets_of(settings_of(asked.request)),
        "is_filtered": asked.chosen != QueueFilter(),
        "wanted": await WantedReferrals(asked.work).open(),
        "dangers": dangers,
        "due_at": {one.address: one.due_at for one in dangers},
        "callbacks": [one for one in await Callbacks(asked.work).open() if f"/callbacks/{one.id}" not in promised],
        "decided": await just_decided(asked.work, asked.request.query_params),
        "wait_drawn": _wait_drawn,
    }


def targets_of(settings: ReferralSettings) -> QueueTargets:
    return QueueTargets(settings.triage_target_of(Urgency.ROUTINE), settings.triage_target_of(Urgency.URGENT))


def _mark(line: QueueLine) -> Mark | None:
    if line.to_answer:
        return Mark.ALARM
    return Mark.LATE if line.is_over else None


def _wait_drawn(line: QueueLine) -> Markup:
    """The bar of the decision, which is twice as long as its target."""
    days, target = line.wait.working_days, line.target
    colour = Colour.LATE if line.is_over else Colour.NEAR if days == target else Colour.OK
    return wait_bar(days, target, colour, f"{days} of {target} working days", width=110, targets=2)


def _reasons(line: QueueLine) -> str:
    return "; ".join(reason.label for reason in line.reasons)


_COLUMNS: Sequence[Column[QueueLine]] = (
    Column("Reference", lambda line: line.reference),
    Column("Baby", lambda line: line.baby_name or "Not born yet", cell="baby", heads_row=True, place="who"),
    Column("Age", lambda line: line.age),
    Column("Parent or carer", lambda line: line.caregiver_name),
    Column("Referred by", lambda line: line.source_group),
    Column("What they came for", _reasons, cell="reasons", place="needs"),
    Column("Days", cell="days", place="last"),
    Column("State", cell="state", place="tag"),
    Column("Received on", lambda line: line.received_on),
    Column("Days since referral received", lambda line: line.wait.days),
    Column("Working days since referral received", lambda line: line.wait.working_days),
    Column("Over target", lambda line: line.is_over),
    Column("Someone in danger", lambda line: line.in_danger),
    Column("Possibly known", lambda line: line.seems_known),
    Column("Priority", lambda line: line.urgency or "Not set"),
    Column("State", lambda line: line.state),
    Column("Ask again on", lambda line: line.chase_on),
    Column("Open", cell="open", place="do"),
)

TRIAGE = ListPage(
    path="/triage",
    may=STAFF,
    reads="triage.read",
    exports="triage.export",
    filters=(
        Filter("part", QueuePart, every="All", is_chips=True),
        Filter("source_group", SourceGroup, "Referred by", every="Everyone"),
    ),
    chosen=QueueFilter,
    find=_find,
    counts=_counts,
    marks=_mark,
    columns=_COLUMNS,
    template="intake/triage.html",
    more=_more,
    done={"closed": "The referral is closed.", "called_back": "Saved: what came of the call."},
    file_name="triage-queue.csv",
)
add_list(router, TRIAGE)
