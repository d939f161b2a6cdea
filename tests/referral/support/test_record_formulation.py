import pytest

from services.referral.support.commands.record_formulation import RecordFormulation, record_formulation
from services.referral.support.domain.formulation import Formulation
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, told

TENTATIVE = Formulation(
    presenting="Being on the unit was too much.",
    predisposing="Leonie's own early years.",
    precipitating="The birth, and fearing that Shannon might die.",
    perpetuating="Dan had two weeks of leave.",
    protective="She sings to Shannon.",
    infant_voice="Shannon settles when she hears her.",
    is_shared=True,
)


async def record(family: AFamily, seen: int, formulation: Formulation = TENTATIVE, actor: Actor | None = None) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await record_formulation(RecordFormulation(family.episode_id, seen, formulation), work)


async def test_a_new_understanding_is_a_new_version_and_the_earlier_one_stays(team: ATeam) -> None:
    family = await a_family(team)

    await record(family, 0)
    await record(family, 1)

    assert [one["number"] for one in await told(team, "formulation.recorded")] == [1, 2]


async def test_a_version_written_meanwhile_is_not_passed_over(team: ATeam) -> None:
    family = await a_family(team)
    await record(family, 0)

    with pytest.raises(Conflict, match="formulation_newer"):
        await record(family, 0)


async def test_it_asks_what_the_baby_is_telling_us(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match="infant_voice_missing"):
        await record(family, 0, Formulation("Hard now.", "", "", "", "", "", is_shared=False))


async def test_an_administrator_does_not_formulate(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await record(family, 0, actor=ADMINISTRATOR)
