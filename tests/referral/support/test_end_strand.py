import pytest

from services.referral.support.commands.end_strand import EndStrand, end_strand
from shared.contracts.pathway_codes import StrandEnding
from shared.kernel.errors import Conflict, NotAllowed
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import ADMINISTRATOR, agree, told


async def test_an_intervention_ends_with_the_sessions_that_took_place(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)
    await family.has(family.session(strand_id=strand_id))
    await family.has(family.missed(strand_id=strand_id))

    async with team.begin(family.practitioner) as work:
        await end_strand(EndStrand(strand_id, 2, StrandEnding.PARTLY), work)

    [ended] = await told(team, "intervention.completed")
    assert (ended["ending"], ended["session_count"], ended["planned_session_count"]) == ("partly", 1, 3)


async def test_it_ends_once(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)
    async with team.begin(family.practitioner) as work:
        await end_strand(EndStrand(strand_id, 1, StrandEnding.NOT_STARTED), work)

    with pytest.raises(Conflict, match="strand_ended"):
        async with team.begin(family.practitioner) as work:
            await end_strand(EndStrand(strand_id, 1, StrandEnding.COMPLETED), work)


async def test_an_administrator_does_not_end_it(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)

    with pytest.raises(NotAllowed):
        async with team.begin(ADMINISTRATOR) as work:
            await end_strand(EndStrand(strand_id, 1, StrandEnding.COMPLETED), work)
