import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.referral.measures.commands.answer_measure import AnswerMeasure, answer_measure
from services.referral.measures.domain.scoring import Answer
from services.referral.people.commands.record_death import RecordDeath, record_death
from shared.kernel.actor import PUBLIC_FORM, public_form
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.measures.builders import (
    PRACTITIONER,
    TEAM_MEASURES,
    answers,
    published,
    stored,
    tasks_of,
    the_family,
)
from tests.referral.measures.test_request_measure import asks, links

OWN = TEAM_MEASURES["OWN"]
FINE = answers(*[1, 1, 4, 1, 4, 4, 4, 4, 4, 4])


async def answers_by(team: ATeam, token: str, given: dict[str, Answer | None] = FINE, **changes: Any) -> None:
    """A parent sends the page of their link."""
    async with team.begin(public_form()) as work:
        await answer_measure(AnswerMeasure(changes.get("definition", OWN), given, token), work)


async def test_a_parents_answers_are_scored_and_kept_with_their_link(team: ATeam) -> None:
    family = await the_family(team)
    token = await asks(team, family)
    team.now += timedelta(days=3)

    await answers_by(team, token)

    (row,), (link,) = await stored(team), await links(team)
    assert (row.scales[0]["value"], row.respondent, row.person_id) == ("0", "caregiver", family.leonie)
    assert (row.answered_on, row.timepoint, row.recorded_by) == (TODAY + timedelta(3), "start", PUBLIC_FORM)
    assert (row.request_id, link.answered_at) == (link.id, team.now)
    assert len(await published(team, "measure.recorded")) == 1
    assert (await team.audited())[-1] == ("measure.record", family.family_id)


async def test_an_answer_about_self_harm_raises_a_task_at_once(team: ATeam) -> None:
    family = await the_family(team)
    token = await asks(team, family)

    await answers_by(team, token, {**FINE, "10": 2})

    (task,) = await tasks_of(team, family)
    assert (task.kind, task.due_on) == ("self_harm_answer", TODAY)


async def test_a_link_is_answered_once(team: ATeam) -> None:
    token = await asks(team, await the_family(team))
    await answers_by(team, token)

    with pytest.raises(Conflict):
        await answers_by(team, token)

    assert len(await stored(team)) == 1


async def test_two_presses_at_once_store_one_answer(team: ATeam) -> None:
    token = await asks(team, await the_family(team))

    ends = await asyncio.gather(*(answers_by(team, token) for _ in range(4)), return_exceptions=True)

    assert len([end for end in ends if end is None]) == 1
    assert {type(end) for end in ends if end is not None} == {Conflict}
    assert len(await stored(team)) == 1


@pytest.mark.parametrize(("days", "is_good"), [(13, True), (14, False)])
async def test_a_link_is_over_after_fourteen_days(team: ATeam, days: int, *, is_good: bool) -> None:
    token = await asks(team, await the_family(team))
    team.now += timedelta(days=days)

    if is_good:
        await answers_by(team, token)
    else:
        with pytest.raises(RuleBroken) as refused:
            await answers_by(team, token)
        assert refused.value.code == "measure_link_over"


async def test_after_a_loss_a_link_asks_nothing_any_more(team: ATeam) -> None:
    family = await the_family(team)
    token = await asks(team, family)
    async with team.begin(PRACTITIONER) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    with pytest.raises(RuleBroken) as refused:
        await answers_by(team, token)

    assert refused.value.code == "measure_link_over"
    assert [link.revoked_at for link in await links(team)] == [team.now]


@pytest.mark.parametrize("since", [{"version": "2"}, {"has_texts": False}], ids=["scored", "not shown"])
async def test_a_form_that_has_changed_since_is_not_taken_for_the_old_one(team: ATeam, since: dict[str, Any]) -> None:
    token = await asks(team, await the_family(team))

    with pytest.raises(RuleBroken) as refused:
        await answers_by(team, token, definition=replace(OWN, **since))

    assert refused.value.code == "measure_link_over"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({}, "measure_empty", id="nothing"),
        pytest.param({"1": 5}, "measure_range", id="answer"),
        pytest.param({"11": 1}, "measure_item", id="item"),
    ],
)
async def test_wrong_answers_are_refused_and_the_link_stays_good(
    team: ATeam, given: dict[str, Answer | None], code: str
) -> None:
    token = await asks(team, await the_family(team))

    with pytest.raises(RuleBroken) as refused:
        await answers_by(team, token, given)
    await answers_by(team, token)

    assert refused.value.code == code


async def test_a_token_that_nobody_gave_opens_nothing(team: ATeam, other_team: ATeam) -> None:
    token = await asks(team, await the_family(team))

    for there, tried in ((team, "x" * 43), (other_team, token)):
        with pytest.raises(NotFound):
            await answers_by(there, tried)
