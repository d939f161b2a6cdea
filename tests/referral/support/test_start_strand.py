from services.referral.support.commands.start_strand import StartStrand, start_strand
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import agree, told


async def test_an_intervention_starts_with_its_first_session_and_only_once(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)

    for _ in range(2):
        async with team.begin(family.practitioner) as work:
            await start_strand(StartStrand(strand_id, TODAY), work)

    [started] = await told(team, "intervention.started")
    assert (started["intervention"], started["is_practitioner_trained"]) == ("states_and_cues", True)


async def test_a_session_of_a_strand_starts_it(team: ATeam) -> None:
    family = await a_family(team)
    [strand_id] = await agree(family)

    await family.has(family.session(strand_id=strand_id))

    assert [one["strand_id"] for one in await told(team, "intervention.started")] == [str(strand_id)]
