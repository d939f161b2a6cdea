from dataclasses import replace
from datetime import timedelta

import pytest

from services.referral.people.commands.record_access_needs import RecordAccessNeeds, record_access_needs
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.access_need import GenderPreference, Language, NeedDetails
from services.referral.people.queries.family_banner import family_banner
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, OUTSIDER, PRACTITIONER, accepted, does, person_named

POLISH = NeedDetails(
    TODAY,
    information_format="Large print",
    interpreter_language=Language.POLISH,
    interpreter_gender=GenderPreference.WOMAN,
)


async def test_an_interpreter_stands_in_the_banner_and_answers_before_are_kept(team: ATeam) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")

    first = RecordAccessNeeds(family_id, leonie.id, 0, NeedDetails(TODAY))
    await does(team, record_access_needs, first, ADMINISTRATOR)
    await does(team, record_access_needs, RecordAccessNeeds(family_id, leonie.id, 1, POLISH))

    async with team.begin(PRACTITIONER) as work:
        (need,) = await FamilyNotes(work).needs([leonie.id])
        banner = await family_banner(work, family_id, TODAY)
    assert (need.details, need.version) == (POLISH, 2)
    assert [line.interpreter for line in banner.carers] == [Language.POLISH, None]
    assert ("access_need.record", family_id) in await team.audited()


async def test_the_second_answer_to_one_version_is_told(team: ATeam) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")
    await does(team, record_access_needs, RecordAccessNeeds(family_id, leonie.id, 0, POLISH))

    with pytest.raises(Conflict):
        await does(team, record_access_needs, RecordAccessNeeds(family_id, leonie.id, 0, POLISH))


async def test_another_language_has_a_name_and_nobody_asked_tomorrow(team: ATeam) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")

    for details, code in (
        (replace(POLISH, interpreter_language=Language.OTHER), "need_language"),
        (replace(POLISH, asked_on=TODAY + timedelta(1)), "need_asked"),
    ):
        with pytest.raises(RuleBroken, match=code):
            await does(team, record_access_needs, RecordAccessNeeds(family_id, leonie.id, 0, details))
    with pytest.raises(NotAllowed):
        await does(team, record_access_needs, RecordAccessNeeds(family_id, leonie.id, 0, POLISH), OUTSIDER)
