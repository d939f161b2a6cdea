from datetime import date, timedelta
from uuid import UUID

import pytest

from services.referral.governance.commands.request_subject_access import RequestSubjectAccess, request_subject_access
from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import AskerRelation, due_after
from services.referral.people.database.families import Families
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.governance.builders import PRACTITIONER


async def people_of(team: ATeam, family_id: UUID) -> dict[str, UUID]:
    """Name → id."""
    async with team.begin(PRACTITIONER) as work:
        family = await Families(work).get(family_id)
    return {member.person.name or "": member.person.id for member in family.members}


async def ask(team: ATeam, family_id: UUID, subject_id: UUID, **changes: object) -> UUID:
    usual = {
        "asked_by": "Leonie Example",
        "relation": AskerRelation.PARENT,
        "authority_note": "Saw her passport and the birth certificate.",
        "asked_on": TODAY,
    }
    async with team.begin(PRACTITIONER) as work:
        command = RequestSubjectAccess(family_id, subject_id, **(usual | changes))  # type: ignore[arg-type]
        return await request_subject_access(command, work)


async def test_a_copy_is_due_one_calendar_month_after_it_was_asked_for(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    shannon = (await people_of(team, family_id))["Shannon Example"]

    request_id = await ask(team, family_id, shannon)

    async with team.begin(PRACTITIONER) as work:
        stored = await SubjectAccesses(work).get(request_id)
    assert (stored.due_on, stored.subject_id) == (date(2026, 4, 2), shannon)
    assert (await team.audited())[-1] == ("subject_access.request", family_id)


@pytest.mark.parametrize(
    ("asked_on", "months", "due_on"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(asked_on: date, months: int, due_on: date) -> None:
    assert due_after(asked_on, months) == due_on


async def test_it_is_about_a_person_of_the_family_and_somebody_checked_who_asks(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    shannon = (await people_of(team, family_id))["Shannon Example"]

    for subject_id, changes in (
        (new_id(), {}),
        (shannon, {"authority_note": " "}),
        (shannon, {"asked_on": TODAY + timedelta(1)}),
    ):
        with pytest.raises(RuleBroken):
            await ask(team, family_id, subject_id, **changes)
    with pytest.raises(NotFound):
        await ask(team, new_id(), shannon)
