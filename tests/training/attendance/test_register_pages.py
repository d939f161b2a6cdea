"""The register on a phone: one tap a person, saved and seen as saved."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from services.training.contents import SERVICE
from services.training.courses.domain.cohort import Cohort
from services.training.places.domain.booking import Booking
from shared.testing.page_walk import pages_of
from shared.testing.visitor import Browser, client_of, hidden_in, signs_in
from tests.training.a_course import TRAINER, TeachingTeam


@pytest.fixture
async def trainer(teaching: TeachingTeam) -> AsyncIterator[httpx.AsyncClient]:
    app = pages_of(SERVICE, teaching.engine, lambda: teaching.now)
    async with client_of(app, Browser) as client:
        yield client


async def on_the_day(team: TeachingTeam, trainer: httpx.AsyncClient) -> tuple[Cohort, list[Booking], str]:
    cohort, people = await team.full()
    team.now = cohort.starts_at
    await signs_in(trainer, TRAINER)
    return cohort, people, f"/cohorts/{cohort.id}/register/1"


async def presses(trainer: httpx.AsyncClient, page: str, action: str, **more: str) -> httpx.Response:
    shown = (await trainer.get(page)).text
    form = shown[shown.index(f'action="{action}"') :]
    return await trainer.post(action, data={**hidden_in(form[: form.index("</form>")]), **more})


async def test_a_register_of_fourteen_is_sixteen_taps(teaching: TeachingTeam, trainer: httpx.AsyncClient) -> None:
    _, people, page = await on_the_day(teaching, trainer)

    taps = 1  # it was opened
    for one in people:
        await presses(trainer, page, f"{page}/{one.id}", tap="here")
        taps += 1
    shown = (await trainer.get(page)).text
    await presses(trainer, page, f"{page}/close", minutes="360")
    taps += 1

    assert taps == 16
    assert re.search(r"<span data-here>14</span> of 14 here", shown)
    assert shown.count("<small>saved 9:30am") == 14


async def test_it_is_saved_after_each_tap_and_a_second_one_changes_nothing(
    teaching: TeachingTeam, trainer: httpx.AsyncClient
) -> None:
    _, people, page = await on_the_day(teaching, trainer)
    action = f"{page}/{people[0].id}"

    answer = await presses(trainer, page, action, tap="here")
    await presses(trainer, page, action, tap="here")

    assert answer.headers["location"] == f"{page}#p-{people[0].id}"
    assert "<span data-here>1</span> of 14 here" in (await trainer.get(page)).text


async def test_late_early_and_apologies_are_said_in_words_and_undone(
    teaching: TeachingTeam, trainer: httpx.AsyncClient
) -> None:
    _, people, page = await on_the_day(teaching, trainer)

    await presses(trainer, page, f"{page}/{people[0].id}", tap="here", late="20")
    await presses(trainer, page, f"{page}/{people[1].id}", tap="away")
    await presses(trainer, page, f"{page}/{people[2].id}", tap="here")
    await presses(trainer, page, f"{page}/{people[2].id}", tap="undo")
    shown = (await trainer.get(page)).text

    assert "20 min late" in shown
    assert "<em>Sent apologies" in shown
    assert "<span data-here>1</span>" in shown


async def test_somebody_else_who_is_here_is_one_over(teaching: TeachingTeam, trainer: httpx.AsyncClient) -> None:
    _, _, page = await on_the_day(teaching, trainer)
    before = (await trainer.get(page)).text

    await presses(trainer, page, page, name="Sam van Rowe", workplace="Layton Nursery", profession="nursery")
    after = (await trainer.get(page)).text

    assert "the page will say “1 over”" in before
    assert "1 over" in after
    assert "Sam van Rowe" in after


async def test_closing_says_who_has_no_mark(teaching: TeachingTeam, trainer: httpx.AsyncClient) -> None:
    _, people, page = await on_the_day(teaching, trainer)
    for one in people[:12]:
        await presses(trainer, page, f"{page}/{one.id}", tap="here")

    shown = (await trainer.get(page)).text

    assert "2 without a mark: Ada13 Example, Ada14 Example." in shown
    await presses(trainer, page, f"{page}/close", minutes="360")
    assert "Did not attend" in (await trainer.get(page)).text


async def test_a_register_that_nobody_closed_is_on_the_list_after_a_week(
    teaching: TeachingTeam, trainer: httpx.AsyncClient
) -> None:
    cohort, _, _ = await on_the_day(teaching, trainer)
    teaching.now = cohort.days[0].ends_at.replace(day=9)
    await signs_in(trainer, TRAINER)

    assert "Register not closed" in (await trainer.get("/cohorts?chip=to_close")).text
