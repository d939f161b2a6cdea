"""What follows from an administration, whichever command checked it; its effects are in the tests of those commands."""

from services.referral.measures.commands.keep_measure import KeepMeasure, keep_measure
from services.referral.measures.domain.administration import Administration, Subject, score_entry
from services.referral.support.database.episodes import Episodes
from shared.kernel.actor import public_form
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.measures.builders import an_entry, phq9, published, stored, tasks_of, the_family


async def test_what_is_kept_already_is_not_kept_or_told_again(team: ATeam) -> None:
    family = await the_family(team)
    entry = an_entry("PHQ9", Subject(family.leonie), phq9(12, self_harm=1))
    administration_id = new_id()

    kept: list[bool] = []
    for _ in range(2):
        given = Administration(administration_id, family.family_id, family.episode_id, entry, score_entry(entry))
        async with team.begin(public_form()) as work:
            episode = await Episodes(work).get_to_change(family.episode_id)
            kept.append(await keep_measure(KeepMeasure(given, episode), work))

    assert kept == [True, False]
    assert len(await stored(team)) == len(await tasks_of(team, family)) == 1
    assert len(await published(team, "measure.recorded")) == 1
