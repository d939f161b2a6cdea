from uuid import UUID

import pytest

from services.referral.governance.commands.close_subject_access import CloseSubjectAccess, close_subject_access
from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import AccessOutcome
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.governance.builders import PRACTITIONER
from tests.referral.governance.test_extend_subject_access import a_request


async def close(team: ATeam, request_id: UUID, seen: int = 1, actor: Actor = PRACTITIONER) -> None:
    async with team.begin(actor) as work:
        await close_subject_access(CloseSubjectAccess(request_id, seen, AccessOutcome.GIVEN), work)


async def test_a_request_ends_with_what_was_done(team: ATeam) -> None:
    request_id = await a_request(team)

    await close(team, request_id)

    async with team.begin(PRACTITIONER) as work:
        stored = await SubjectAccesses(work).get(request_id)
    assert (stored.outcome, stored.closed_on) == (AccessOutcome.GIVEN, TODAY)
    assert (await team.audited())[-1][0] == "subject_access.close"


async def test_it_ends_once_and_a_clinician_says_so(team: ATeam) -> None:
    request_id = await a_request(team)

    with pytest.raises(NotAllowed):
        await close(team, request_id, actor=an_actor(Role.TEAM_ADMINISTRATOR))
    with pytest.raises(Conflict):
        await close(team, request_id, seen=5)
    await close(team, request_id)
    with pytest.raises(Conflict):
        await close(team, request_id, seen=2)
