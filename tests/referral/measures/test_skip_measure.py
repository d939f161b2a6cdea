from typing import Any

import pytest
from sqlalchemy import select

from services.referral.database.measure_tables import measure_skip
from services.referral.measures.commands.skip_measure import SkipMeasure, skip_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.packs.measures import MEASURES
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.measures.builders import PRACTITIONER, TheFamily, published, the_family


def a_skip(family: TheFamily, code: str = "PHQ9", **changes: Any) -> SkipMeasure:
    return SkipMeasure(
        new_id(),
        family.episode_id,
        MEASURES[code],
        changes.get("subject", Subject(family.leonie)),
        changes.get("timepoint", MeasureTimepoint.START),
        changes.get("reason", MissingMeasure.DISTRESS),
    )


async def skips(team: ATeam, command: SkipMeasure, *, actor: Any = PRACTITIONER) -> None:
    async with team.begin(actor) as work:
        await skip_measure(command, work)


async def test_the_reason_why_there_is_no_measure_is_kept_and_told_as_a_code(team: ATeam) -> None:
    family = await the_family(team)

    await skips(team, a_skip(family))

    async with team.engine.connect() as connection:
        (row,) = list(await connection.execute(select(measure_skip)))
    assert (row.code, row.person_id, row.reason, row.skipped_on) == ("PHQ9", family.leonie, "distress", TODAY)
    assert await published(team, "measure.skipped") == [
        {"episode_id": str(family.episode_id), "measure": "phq9", "timepoint": "start", "reason": "distress"}
    ]
    assert (await team.audited())[-1] == ("measure.skip", family.family_id)


async def test_a_page_that_is_sent_twice_stores_one_reason(team: ATeam) -> None:
    family = await the_family(team)
    command = a_skip(family)

    await skips(team, command)
    await skips(team, command)

    assert len(await published(team, "measure.skipped")) == 1


async def test_a_measure_of_the_two_of_them_names_the_baby(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(RuleBroken) as refused:
        await skips(team, a_skip(family, "KPCS"))
    await skips(team, a_skip(family, "KPCS", subject=family.leonie_with_shannon))

    assert refused.value.code == "measure_baby"


async def test_the_region_gives_no_reason(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(NotAllowed):
        await skips(team, a_skip(family), actor=an_actor(Role.REGIONAL_LEAD))
