from datetime import date
from uuid import UUID

import pytest

from services.referral.governance.commands.extend_subject_access import ExtendSubjectAccess, extend_subject_access
from services.referral.governance.database.subject_accesses import SubjectAccesses
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, PRACTITIONER
from tests.referral.governance.test_request_subject_access import ask, people_of


async def a_request(team: ATeam) -> UUID:
    family_id = (await team.accepts()).family_id
    return await ask(team, family_id, (await people_of(team, family_id))["Shannon Example"])


async def extend(team: ATeam, request_id: UUID, seen: int = 1, why: str = "Long.", actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await extend_subject_access(ExtendSubjectAccess(request_id, seen, why), work)


async def test_the_lead_takes_two_more_months_and_says_why(team: ATeam) -> None:
    request_id = await a_request(team)

    await extend(team, request_id)

    async with team.begin(LEAD) as work:
        stored = await SubjectAccesses(work).get(request_id)
    assert (stored.due_on, stored.extension_reason) == (date(2026, 6, 2), "Long.")
    assert (await team.audited())[-1][0] == "subject_access.extend"


async def test_it_is_extended_once_by_the_lead_in_words_and_on_the_page_as_it_is(team: ATeam) -> None:
    request_id = await a_request(team)

    with pytest.raises(NotAllowed):
        await extend(team, request_id, actor=PRACTITIONER)
    with pytest.raises(RuleBroken):
        await extend(team, request_id, why=" ")
    with pytest.raises(Conflict):
        await extend(team, request_id, seen=7)
    await extend(team, request_id)
    with pytest.raises(Conflict):
        await extend(team, request_id, seen=2)
    with pytest.raises(NotFound):
        await extend(team, new_id())
