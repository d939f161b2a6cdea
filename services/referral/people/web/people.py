"""The people of a family: everything at a glance, and a form for each change."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.people.queries.record_versions import record_versions
from services.referral.people.web.family_page import render_family
from services.referral.people.web.known_person import KNOWN_PERSON
from services.referral.people.web.note_screens import NOTE_SCREENS
from services.referral.people.web.people_place import no_such_note, read_people
from services.referral.people.web.person_screens import PERSON_SCREENS
from services.referral.people.web.version_words import version_lines
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.staff.form_routes import add_forms

router = APIRouter(prefix="/families")

SCREENS = (*PERSON_SCREENS, *NOTE_SCREENS)
DONE = {screen.name: screen.done for screen in SCREENS} | {
    "add-known": "The person is added. They stay one person, in both families."
}


@router.get("/{family_id}/people")
async def show_people(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        place = await read_people(work, family_id)
    return render_family(
        request,
        place.banner,
        "people/people.html",
        section="people",
        record=place.record,
        today=place.today,
        lines_of={line.person_id: line for line in place.banner.members},
        may_judge=CAPABILITIES.holds(actor.roles, JUDGE),
        done=DONE.get(done),
    )


@router.get("/{family_id}/people/{subject_id}/versions")
async def show_versions(
    request: Request, family_id: UUID, subject_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        place = await read_people(work, family_id)
        if not place.record.knows(subject_id):
            raise no_such_note()
        versions = await record_versions(work, family_id, subject_id)
    return render_family(
        request,
        place.banner,
        "people/people-versions.html",
        section="people",
        back=f"/families/{family_id}/people",
        versions=[(version, version_lines(version, place.record)) for version in versions],
    )


add_forms(router, KNOWN_PERSON, *SCREENS)
