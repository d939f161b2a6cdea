"""Who is trained, as the team lead reads it."""

from datetime import date, timedelta

import pytest

from services.training.coverage.domain.champion import COURSE
from shared.contracts.consultation_codes import Profession
from shared.testing.statements import statements_of
from shared.testing.visitor import hidden_in
from tests.training.conftest import TODAY, TOM, TrainedTeam
from tests.training.coverage.trained_people import LAPSED, Filled


@pytest.fixture
async def filled(trained: TrainedTeam) -> Filled:
    """Of 20 midwives 16 are in date, of whom one lapses soon; the 2 whom the register knew are not trained."""
    filled = Filled(trained)
    people = await filled.people(18, trained.organisation_id)
    await filled.hold(people[:15])
    await filled.hold(people[15:16], (date(2023, 4, 1), TODAY + timedelta(30)))
    await filled.hold(people[16:], LAPSED)
    await filled.headcount(trained.organisation_id, 20, date(2025, 4, 1))
    return filled


@pytest.mark.usefixtures("filled")
async def test_the_page_says_of_how_many_how_far_from_the_target_and_who_lapses_next(trained: TrainedTeam) -> None:
    page = (await trained.walked.clients[TOM].get("/coverage")).text

    assert "16 of 20 people are trained and in date: 80%." in page
    assert "The target is reached." in page
    assert "Infant mental health 80%" in page
    assert "Khan00015" in page
    assert "headcount not known" in page
    assert "headcounts of 1 April 2025" in page


@pytest.mark.usefixtures("filled")
async def test_the_file_says_the_same_in_words(trained: TrainedTeam) -> None:
    csv = (await trained.ann.get("/coverage.csv")).text.splitlines()

    assert csv[0].lstrip("\ufeff") == 'Organisation,All,"All, per cent",Health visitor,Midwife'
    assert csv[-1] == 'Grange Park,16 of 20,80,"0, headcount not known",16 of 20'


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("state", "shown"), [("lapses", 1), ("in_date", 16), ("lapsed", 2), ("never", 2)])
async def test_behind_each_figure_are_the_people(trained: TrainedTeam, state: str, shown: int) -> None:
    everywhere = f"/coverage/people?state={state}"
    here = f"/coverage/{trained.organisation_id}/people"
    people = (await trained.ann.get(f"{here}.csv?state={state}")).text.splitlines()[1:]

    assert len(people) == shown
    assert f"<b>{shown}</b>" in (await trained.ann.get(f"{here}?state={state}")).text
    assert "Khan" in (await trained.ann.get(everywhere)).text or state == "never"


async def test_somebody_who_did_something_is_an_active_champion(trained: TrainedTeam, filled: Filled) -> None:
    await filled.hold([trained.person_id], course=COURSE)
    before = (await trained.ann.get("/coverage/champions")).text
    address = f"/coverage/champions/{trained.person_id}/activity"
    fields = {"kind": "taught", "done_on-day": "1", "done_on-month": "3", "done_on-year": "2026"}
    await trained.ann.post(address, data={**hidden_in((await trained.ann.get(address)).text), **fields})
    after = (await trained.ann.get("/coverage/champions?state=active")).text

    assert "Nothing done lately" in before
    assert "Ruth Bennett" in after
    assert "Tue 1 Sep" in after


async def test_the_page_reads_by_the_same_few_statements_however_many_there_are(
    trained: TrainedTeam, filled: Filled
) -> None:
    few = await statements(trained)
    await filled.hold(
        await filled.people(300, trained.organisation_id, Profession.GP), (date(2023, 4, 1), TODAY + timedelta(9))
    )

    assert await statements(trained) == few


async def statements(trained: TrainedTeam) -> int:
    with statements_of(trained.engine) as sent:
        await trained.ann.get("/coverage")
    return len(sent)
