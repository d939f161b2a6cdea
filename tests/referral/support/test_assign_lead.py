import pytest

from services.referral.people.queries.family_banner import family_banner
from services.referral.support.commands.assign_lead import AssignLead, assign_lead
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import ADMINISTRATOR


async def test_a_practitioner_leads_the_work(team: ATeam) -> None:
    family = await a_family(team)

    async with team.begin(family.practitioner) as work:
        await assign_lead(AssignLead(family.episode_id, family.practitioner.id), work)

    async with team.begin(family.practitioner) as work:
        banner = await family_banner(work, family.family_id, TODAY)
    assert banner.open_episode
    assert banner.open_episode.lead_name == "Priya Sample"


async def test_nobody_unknown_leads(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match="lead_unknown"):
        async with team.begin(family.practitioner) as work:
            await assign_lead(AssignLead(family.episode_id, new_id()), work)


async def test_an_administrator_does_not_choose(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        async with team.begin(ADMINISTRATOR) as work:
            await assign_lead(AssignLead(family.episode_id, family.practitioner.id), work)
