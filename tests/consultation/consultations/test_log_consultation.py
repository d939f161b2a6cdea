"""Logging a consultation that was held."""

from datetime import timedelta

import pytest

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.domain.consultation import About, Asker, Talk
from shared.contracts.consultation_codes import ConsultationKind, Profession
from shared.contracts.vocabulary import AgeBand
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, NOW, PRIYA, AskedTeam, a_log


async def test_it_is_told_to_the_team_once_and_without_a_word_of_what_was_said(asked: AskedTeam) -> None:
    command = a_log(asked.organisation_id)

    for _ in range(2):
        async with asked.begin(PRIYA) as work:
            await log_consultation(command, work)

    told = [body for type_, body in await asked.published() if type_ == "uk.pairs.consultation.held.v1"]
    assert [body["consultation_id"] for body in told[1:]] == [str(command.consultation_id)]
    assert "Ruth" not in str(told)
    assert "loud" not in str(told)
    assert len(await asked.rows()) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": NOW.date() + timedelta(1)}, "consultation_future"),
        ({"minutes": 0}, "consultation_minutes"),
        ({"minutes": 601}, "consultation_minutes"),
        ({"talk": Talk(" ", frozenset())}, "consultation_words"),
        ({"about": About(ConsultationKind.CASE_NAMED)}, "consultation_family"),
        ({"about": About(ConsultationKind.CASE_NAMED, new_id())}, "consultation_knows"),
        ({"about": About(ConsultationKind.THEME, new_id())}, "consultation_names"),
        ({"talk": Talk("Of FY1 9ZZ.", frozenset())}, "consultation_identifies"),
        ({"talk": Talk("Waits.", frozenset(), we_will="Ring on 14/09/2026")}, "consultation_identifies"),
    ],
)
async def test_what_is_missing_or_tells_who_it_is_about_is_refused(
    asked: AskedTeam, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        async with asked.begin(PRIYA) as work:
            await log_consultation(a_log(asked.organisation_id, **changes), work)

    assert refusal.value.code == code
    assert len(await asked.rows()) == 1


async def test_an_administrator_does_not_log(asked: AskedTeam) -> None:
    with pytest.raises(NotAllowed):
        async with asked.begin(ANN) as work:
            await log_consultation(a_log(asked.organisation_id), work)


async def test_an_organisation_that_the_team_does_not_have_asked_nothing(asked: AskedTeam) -> None:
    asker = Asker(new_id(), Profession.MIDWIFE, None)

    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await log_consultation(a_log(asked.organisation_id, asker=asker), work)


async def test_the_age_of_a_baby_with_no_name_is_kept(asked: AskedTeam) -> None:
    age = next(iter(AgeBand))
    async with asked.begin(PRIYA) as work:
        about = About(ConsultationKind.CASE_ANONYMOUS, age_band=age)
        await log_consultation(a_log(asked.organisation_id, about=about), work)

    assert {row.age_band for row in await asked.rows()} == {None, age.value}
