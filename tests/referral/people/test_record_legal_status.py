from datetime import date, timedelta

import pytest

from services.referral.people.commands.record_legal_status import RecordLegalStatus, record_legal_status
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, PRACTITIONER, accepted, does, person_named

INTERIM = StatusDetails(
    CareStatus.INTERIM_CARE_ORDER, date(2026, 1, 5), "Blackpool Council", "With a foster carer", "Ann Social", "Council"
)
HOME = StatusDetails(CareStatus.NONE, date(2026, 2, 20))


async def test_a_new_status_ends_the_one_before_and_both_stay(team: ATeam) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")

    await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 0, INTERIM))
    await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 1, HOME))

    async with team.begin(PRACTITIONER) as work:
        history = await FamilyNotes(work).statuses([shannon.id])
    assert [(one.status, one.from_on, one.until_on) for one in history] == [
        (CareStatus.NONE, date(2026, 2, 20), None),
        (CareStatus.INTERIM_CARE_ORDER, date(2026, 1, 5), date(2026, 2, 20)),
    ]
    assert history[1].local_authority == "Blackpool Council"
    assert ("legal_status.record", family_id) in await team.audited()


async def test_the_second_of_two_is_told(team: ATeam) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")
    await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 0, INTERIM))

    with pytest.raises(Conflict):
        await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 0, HOME))


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (StatusDetails(CareStatus.NONE, TODAY + timedelta(1)), "legal_status_from"),
        (StatusDetails(CareStatus.NONE, date(2026, 1, 4)), "legal_status_from"),
        (StatusDetails(CareStatus.CARE_ORDER, TODAY), "legal_status_authority"),
    ],
)
async def test_what_cannot_be_right_is_refused(team: ATeam, details: StatusDetails, code: str) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")
    await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 0, INTERIM))

    with pytest.raises(RuleBroken, match=code):
        await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 1, details))


async def test_an_administrator_does_not_record_it(team: ATeam) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")

    with pytest.raises(NotAllowed):
        await does(team, record_legal_status, RecordLegalStatus(family_id, shannon.id, 0, HOME), ADMINISTRATOR)
