"""How many work there, as the organisation says it."""

from datetime import date, timedelta

import pytest

from services.training.workforce.commands.enter_headcount import EnterHeadcount, enter_headcount
from services.training.workforce.queries.organisation_list import OrganisationFilter, organisation_list
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup
from shared.contracts.workforce import RegionalHeadcountEntered
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TrainedTeam

HV, MIDWIFE = Profession.HEALTH_VISITOR, Profession.MIDWIFE


async def test_the_newest_day_counts_and_of_one_day_the_last_entry(trained: TrainedTeam) -> None:
    at = trained.organisation_id
    for profession, day, people in (
        (HV, date(2025, 4, 1), 20),
        (HV, date(2026, 1, 1), 24),
        (HV, date(2025, 10, 1), 99),
        (MIDWIFE, date(2026, 1, 1), 5),
        (MIDWIFE, date(2026, 1, 1), 6),
    ):
        async with trained.begin() as work:
            await enter_headcount(EnterHeadcount(new_id(), at, profession, day, people), work)
    async with trained.begin() as work:
        [line] = await organisation_list(work, OrganisationFilter()).whole(work.session)

    assert (line.at_work, line.headcount) == (2, 30)


async def test_the_region_gets_the_month_and_no_organisation(trained: TrainedTeam) -> None:
    async with trained.begin() as work:
        await enter_headcount(EnterHeadcount(new_id(), trained.organisation_id, HV, date(2026, 1, 15), 20), work)
        [published] = work.published

    assert published.event.for_region() == RegionalHeadcountEntered(
        month=date(2026, 1, 1), sector=SourceGroup.HEALTH_VISITING, profession=HV, people=20
    )


async def test_a_day_to_come_a_number_below_nought_and_an_unknown_organisation_are_refused(
    trained: TrainedTeam,
) -> None:
    at = trained.organisation_id
    for where, day, people, kind in (
        (at, TODAY + timedelta(1), 20, RuleBroken),
        (at, TODAY, -1, RuleBroken),
        (new_id(), TODAY, 20, NotFound),
    ):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await enter_headcount(EnterHeadcount(new_id(), where, HV, day, people), work)
