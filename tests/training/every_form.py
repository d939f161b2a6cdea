"""A right answer to every form of training, and the page at which it can be sent."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.training.attendance.timers.raise_register_tasks import raise_register_tasks
from services.training.contents import SERVICE
from services.training.coverage.domain.champion import COURSE
from services.training.database.accreditation_tables import accreditation
from services.training.database.task_tables import task as task_table
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.network.database.heard_certificates import HeardCertificates
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.domain.booking import Booking
from services.training.staff.domain.capabilities import KEEP_CASES, KEEP_REGISTER
from shared.contracts.certificate import digest_of
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.training_task import TrainingTask
from shared.kernel.capability import Capability
from shared.kernel.identifiers import new_id
from shared.staff.message_sending import send_next
from shared.testing.form_walk import FormWalk
from shared.testing.office import Files, Office, kept_moment
from tests.training.a_course import TeachingTeam
from tests.training.conftest import ANN, NOW, TODAY, TOM, TrainedTeam
from tests.training.coverage.trained_people import Filled
from tests.training.places.test_retry_message import PLACE_MESSAGES, refuses
from tests.training.workforce.importing import a_file, people, sends, stores

CODE = "7K2M4QX9TR0HBVNC5W8D"
_DAY = {"day_1-day": 1, "day_1-month": 6, "day_1-year": 2026, "begins_1": "9:30", "ends_1": "16:30"}
_SPAN = {"from_on-day": 20, "from_on-month": 2, "from_on-year": 2026}
_CASE = {**_SPAN, "last_on-day": 1, "last_on-month": 3, "last_on-year": 2026}
_ACCREDITATION = "/accreditations/{person_id}/{course}"
NEEDS: dict[str, Capability] = {
    "/tasks/{task_id}": KEEP_REGISTER,
    **dict.fromkeys((f"{_ACCREDITATION}/case", "/cases/{case_id}/change", "/cases/{case_id}/remove"), KEEP_CASES),
}
"""The cases are of somebody without an account, so no one’s own; the task is of a register."""
SEEN_BY = {"/cases/{case_id}/answer": {TOM}}
"""He is the supervisor whom the case names."""
FILES: dict[str, Files] = {"/people/imports/new": {"file": ("people.csv", a_file(*people(1)), "text/csv")}}


@asynccontextmanager
async def walked_forms(taught: TrainedTeam, url: str) -> AsyncGenerator[FormWalk]:
    """Everything that can be asked of somebody can be asked here.

    Args:
        url: of the database, for a superuser.
    """
    register = "/cohorts/{cohort_id}/register/{number}"
    opened_at = {**await _workforce(taught), **await _places(taught)}
    opened_at |= {f"{register}{end}": opened_at[register] for end in ("/close", "/{booking_id}")}
    right: dict[str, dict[str, Any]] = {
        "/courses/{course}/new": _DAY,
        "/people/{person_id}/join": {"other": str(taught.other_id)},
        "/people/imports/{import_id}/left": {"is_sure": "yes"},
        "/people/{person_id}/brings": {"code": CODE, "signed": ""},
        f"{register}/{{booking_id}}": {"tap": "here"},
        f"{_ACCREDITATION}/case": _CASE,
    }
    async with kept_moment(url) as connection:
        office = Office(taught.walked.app, taught.walked.walkers, connection)
        yield FormWalk(SERVICE, office, taught.walked.addresses, TODAY, right, opened_at, FILES, NEEDS, SEEN_BY)


async def _workforce(taught: TrainedTeam) -> dict[str, str]:
    filled = Filled(taught)
    kept, retired, champion, forgotten = await filled.people(4, taught.organisation_id, Profession.GP)
    await filled.hold([champion], course=COURSE)
    merge_id = new_id()
    async with taught.begin(ANN) as work:
        await merge_people(MergePeople(merge_id, retired, kept, "They told us."), work)
    await _hears_of_a_certificate(taught)
    empty = await TeachingTeam(taught.engine, now=NOW).organisation("Nobody works here")
    ready = await sends(taught, *people(2))
    everybody = await sends(taught, *people(1), everybody=True)
    await stores(taught, everybody)
    return {
        "/people/imports/{import_id}/store": f"/people/imports/{ready}/store",
        "/people/imports/{import_id}/left": f"/people/imports/{everybody}/left",
        "/organisations/{organisation_id}/close": f"/organisations/{empty}/close",
        "/coverage/champions/{person_id}/activity": f"/coverage/champions/{champion}/activity",
        "/people/{person_id}/erase": f"/people/{forgotten}/erase",
        "/joined/{merge_id}/undo": f"/joined/{merge_id}/undo",
    }


async def _hears_of_a_certificate(taught: TrainedTeam) -> None:
    """Another team has told of it."""
    said = {"course": TrainingCourse.NBO, "course_version": 1, "level": 2, "held_from": TODAY, "until_on": None}
    async with taught.begin(ANN) as work:
        await HeardCertificates(work).hear("blackpool", digest_of(CODE), **said)


async def _attends(team: TeachingTeam, days_ago: int) -> Booking:
    """Somebody who came to a course that began so long ago, and has not said how it was."""
    cohort = await team.plan(starts=NOW - timedelta(days_ago))
    team.now = cohort.starts_at - timedelta(10)
    booked = await team.book(cohort, days_ago)
    await team.held(cohort, [booked])
    team.now = NOW
    return booked


async def _left_open(team: TeachingTeam) -> UUID:
    """The task of a register that nobody closed."""
    team.now = NOW - timedelta(30)
    await team.book(await team.plan(starts=NOW - timedelta(20)), 30)
    team.now = NOW
    await raise_register_tasks(team.units)
    [task] = await team.rows(select(task_table).where(task_table.c.kind == TrainingTask.REGISTER))
    return task.id


async def _places(taught: TrainedTeam) -> dict[str, str]:
    team = TeachingTeam(taught.engine, now=NOW)
    full = await team.plan(capacity=1)
    goes, offered = [await team.book(full, number) for number in (41, 42)]
    await team.does(give_up_place, GiveUpPlace(goes.id))
    held, of_long_ago = await _attends(team, 14), await _attends(team, 110)
    team.now = NOW - timedelta(30)
    today = await team.plan(starts=NOW - timedelta(1))
    await team.book(today, 20)
    await send_next(team.units, PLACE_MESSAGES, refuses)
    [accredited] = await team.rows(select(accreditation))
    return {
        "/tasks/{task_id}": f"/tasks/{await _left_open(team)}",
        f"{_ACCREDITATION}/withdraw": f"/accreditations/{accredited.person_id}/{accredited.course}/withdraw",
        "/place/{secret}/accept": f"/place/{offered.secret}",
        "/place/{secret}/decline": f"/place/{offered.secret}",
        "/bookings/{booking_id}/waive": f"/bookings/{held.id}/waive",
        "/place/{secret}/after": f"/place/{held.secret}/after",
        "/place/{secret}/three-months": f"/place/{of_long_ago.secret}/three-months",
        "/cohorts/{cohort_id}/register/{number}": f"/cohorts/{today.id}/register/1",
    }
