"""Work ends only when what is open about safety is answered, or is a named colleague's: every way in which it ends."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.contents import SERVICE
from services.referral.database.contact_tables import task
from services.referral.endings.commands.complete_hand_over import CompleteHandOver, complete_hand_over
from services.referral.groups.commands.end_group import EndGroup, end_group
from services.referral.groups.commands.leave_group import LeaveGroup, leave_group
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.staff.commands.answer_task import answer_task
from services.referral.staff.domain.still_open import OpenKind, OpenThing, Settling, check_may_end
from services.referral.staff.domain.task import SAFETY
from services.referral.staff.queries.still_open import still_open
from services.referral.support.commands.end_strand import EndStrand, end_strand
from shared.contracts.pathway_codes import EpisodeEnding, PromiseKind, StrandEnding, TaskKind
from shared.kernel.actor import public_form
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.task import AnswerTask
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily
from tests.referral.contacts.test_note_risk import note
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.endings.test_plan_hand_over import plan
from tests.referral.groups.builders import AGroup, a_group
from tests.referral.letters.builders import referral_of, write
from tests.referral.measures.builders import TheFamily
from tests.referral.measures.test_request_measure import asks
from tests.referral.support.builders import agree
from tests.referral.web.visitor import PRACTITIONER, Visitor
from tests.referral.worklists.builders import a_task

End = Callable[[UUID | None], Awaitable[None]]


async def ends_the_episode(_: AGroup, family: AFamily) -> End:
    return lambda to: discharge(family, settling=Settling(to, is_seen=True))


async def completes_the_hand_over(_: AGroup, family: AFamily) -> End:
    await plan(family)
    return lambda to: does(family, complete_hand_over, CompleteHandOver(family.episode_id, Settling(to, is_seen=True)))


async def ends_the_intervention(_: AGroup, family: AFamily) -> End:
    (strand_id,) = await agree(family)
    return lambda to: does(family, end_strand, EndStrand(strand_id, 1, StrandEnding.PARTLY, to))


async def leaves_the_group(group: AGroup, family: AFamily) -> End:
    place_id = await group.adds(family)
    return lambda to: does(family, leave_group, LeaveGroup(group.id, place_id, to))


async def ends_the_group(group: AGroup, family: AFamily) -> End:
    await group.adds(family)
    return lambda to: does(family, end_group, EndGroup(group.id, 1, TODAY, to))


ENDS: Mapping[str, Callable[[AGroup, AFamily], Awaitable[End]]] = {
    "discharge_family": ends_the_episode,
    "complete_hand_over": completes_the_hand_over,
    "end_strand": ends_the_intervention,
    "leave_group": leaves_the_group,
    "end_group": ends_the_group,
}
END_SOMETHING_ELSE = {
    "cancel_appointment": "the work goes on, and so do its tasks",
    "close_goal": "a goal is closed; the work goes on",
    "close_subject_access": "a copy of the record, not the work",
    "complete_assessment": "work begins with it",
    "leave_number": "someone leaves a number for us to call; work begins with it",
    "end_membership": "a person leaves a record; its tasks stay with the family",
    "withdraw_consent": "what may be done is narrower; the work goes on",
    "withdraw_measure": "the task of a measure that was taken out stays open",
    "discard_letter": "a draft, not the work",
    "end_old_api_secret": "another system's key, not the work",
    "close_referral": "a referral that said danger is settled by its promise",
}


async def does(family: AFamily, function: Any, command: Any) -> None:
    async with family.team.begin(family.practitioner) as work:
        await function(command, work)


async def responsible(team: ATeam, family: AFamily) -> list[UUID | None]:
    async with team.engine.connect() as connection:
        query = select(task.c.assigned_to).where(task.c.family_id == family.family_id, task.c.kind.in_(SAFETY))
        return list(await connection.scalars(query.order_by(task.c.id)))


def test_every_command_that_ends_something_is_walked_or_says_why_it_needs_no_gate() -> None:
    commands = {name for room in SERVICE.rooms for name in room.commands.split()}
    ends = {
        name
        for name in commands
        if name.split("_")[0] in {"end", "leave", "close", "complete", "discharge", "withdraw", "cancel", "discard"}
    }

    assert ends == set(ENDS) | set(END_SOMETHING_ELSE)


@pytest.mark.parametrize("ending", ENDS)
async def test_what_is_open_about_safety_stops_every_ending_until_it_is_a_named_colleagues(
    team: ATeam, ending: str
) -> None:
    group = await a_group(team)
    (family,) = group.families
    ends = await ENDS[ending](group, family)
    await note(family)
    await a_task(team, family.family_id, TaskKind.SELF_HARM_ANSWER)

    for nobody in (None, new_id()):
        with pytest.raises(RuleBroken) as refused:
            await ends(nobody)
        assert refused.value.field == "safety_to"
    untouched = await responsible(team, family)
    await ends(family.practitioner.id)

    assert untouched == [None, None]
    assert await responsible(team, family) == [family.practitioner.id] * 2
    handed_on = [body for kind, body in await team.published() if kind == "uk.pairs.task.handed_on.v1"]
    assert {one["kind"] for one in handed_on} == {"risk_note", "self_harm_answer"}
    assert ("task.hand_on", family.family_id) in await team.audited()


@pytest.mark.parametrize("ending", ENDS)
async def test_once_it_is_answered_nothing_stops_the_ending(team: ATeam, ending: str) -> None:
    group = await a_group(team)
    (family,) = group.families
    ends = await ENDS[ending](group, family)
    task_id = await a_task(team, family.family_id)

    await does(family, answer_task, AnswerTask(task_id, 1, "I spoke with Leonie. She is safe."))

    await ends(None)


async def test_a_task_that_was_handed_on_is_answered_by_whoever_has_it(team: ATeam) -> None:
    family = (await a_group(team)).families[0]
    task_id = await a_task(team, family.family_id)
    await discharge(family, settling=Settling(family.practitioner.id))

    await does(family, answer_task, AnswerTask(task_id, 2, "I spoke with Leonie. She is safe."))


async def test_after_a_death_only_what_is_about_safety_is_asked(team: ATeam) -> None:
    family = (await a_group(team)).families[0]
    await a_task(team, family.family_id, TaskKind.SUPERVISION)
    await a_task(team, family.family_id, TaskKind.SELF_HARM_ANSWER)
    await does(family, record_death, RecordDeath(family.family_id, family.shannon, 1, TODAY))

    with pytest.raises(RuleBroken, match="safety_open"):
        await discharge(family, ending=EpisodeEnding.BABY_DIED, settling=Settling())
    await discharge(family, ending=EpisodeEnding.BABY_DIED, settling=Settling(family.practitioner.id))


@pytest.mark.parametrize("ending", ENDS)
async def test_danger_that_is_handed_to_a_colleague_is_on_their_day_and_among_their_tasks_with_its_hour(
    team: ATeam, staff: Visitor, ending: str
) -> None:
    group = await a_group(team)
    (family,) = group.families
    ends = await ENDS[ending](group, family)
    referral_id = await referral_of(team, family.family_id)
    async with team.begin(public_form()) as work:
        await make_promise(MakePromise(PromiseKind.DANGER_SAID, NOW + timedelta(hours=1), referral_id), work)
    link, own = f'href="/referrals/{referral_id}/danger"', ("/my-day", "/tasks?whose=mine")
    before = [main_of((await staff.client.get(page)).text) for page in own]

    await ends(PRACTITIONER.id)

    assert not any(PRACTITIONER.name in page for page in before)
    for page in (*own, "/tasks?whose=team"):
        shown = main_of((await staff.client.get(page)).text)
        assert link in shown, page
        assert "Today 11:30" in shown, page
        assert PRACTITIONER.name in shown, page
    timeline = main_of((await staff.client.get(f"/families/{family.family_id}/timeline")).text)
    assert "Danger told: to be answered by" in timeline
    counted = (await staff.client.get("/waiting")).text
    assert 'Tasks<span class="pairs-count pairs-count--alarm">' in counted


def main_of(page: str) -> str:
    return page[page.index("<main") :]


async def everything_open(family: AFamily) -> None:
    team = family.team
    the = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.dan or family.leonie)
    await a_task(team, family.family_id)
    await a_task(team, family.family_id, TaskKind.SUPERVISION)
    await family.books(NOW + timedelta(days=1))
    await asks(team, the)
    referral_id = await referral_of(team, family.family_id)
    await write(team, family.practitioner, referral_id, LetterKind.FAMILY_MISSED, family.leonie)


async def test_the_list_names_all_that_is_open_the_most_urgent_first(team: ATeam) -> None:
    family = (await a_group(team)).families[0]
    await everything_open(family)

    async with team.begin(family.practitioner) as work:
        found = [one.kind for one in await still_open(work, family.family_id)]

    assert found == [kind for kind in OpenKind if kind is not OpenKind.MESSAGE or kind in found]


@pytest.mark.parametrize("kind", OpenKind)
def test_nothing_that_is_open_ends_unseen(kind: OpenKind) -> None:
    things = [OpenThing(kind, kind.label, TODAY, "/tasks")]

    with pytest.raises(RuleBroken):
        check_may_end(things, Settling())
    with pytest.raises(RuleBroken):
        check_may_end(things, Settling(safety_to=new_id()) if kind is not OpenKind.SAFETY else Settling(is_seen=True))


async def test_the_page_that_ends_the_work_shows_what_is_open_and_offers_names(team: ATeam, staff: Visitor) -> None:
    family = (await a_group(team)).families[0]
    page = f"/families/{family.family_id}/discharge"
    before = (await staff.client.get(page)).text
    await everything_open(family)

    after = (await staff.client.get(page)).text

    for words in ("Who answers what is about safety", "Can it end with the rest still open?"):
        assert words not in before
        assert words in after
    assert after.index("Answer what is about safety first") < after.index("How it ended")
    assert after.count("Answer now") == 1
    assert str(PRACTITIONER.id) in after
