"""The catalogue of interventions, and who holds which training."""

import csv
import io
from datetime import timedelta

from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.domain.intervention import Course, HeldTraining
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.intervention import Intervention
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER, Visitor

TRAINING = {
    "course": "VIG",
    "held_from-day": "1",
    "held_from-month": "2",
    "held_from-year": "2025",
    "until_on-day": "",
    "until_on-month": "",
    "until_on-year": "",
}


async def priya(team: ATeam) -> Actor:
    actor = Actor(PRACTITIONER.id, PRACTITIONER.roles)
    async with team.begin(actor) as work:
        await Colleagues(work.session).remember(actor.id, PRACTITIONER.name, actor.roles)
    return actor


async def holds(team: ATeam, who: Actor, held: HeldTraining) -> None:
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await record_training(RecordTraining(who.id, held), work)


def test_the_catalogue_has_every_intervention_of_the_strategy() -> None:
    assert list(INTERVENTIONS) == list(Intervention)
    rows = {int(entry.source.rsplit(" ", 1)[1]) for entry in INTERVENTIONS.values()}
    assert rows == set(range(27, 58))


async def test_the_page_shows_who_gives_what_and_that_sessions_are_the_teams_to_set(staff: Visitor) -> None:
    page = (await staff.client.get("/interventions")).text

    for words in ("Art at the Start", "Also called Art from the Start", "Films: needs consent", "set by the team"):
        assert words in page
    assert "32 interventions." in page


async def test_the_catalogue_is_filtered_in_the_address_and_downloaded(staff: Visitor) -> None:
    page = (await staff.client.get("/interventions?level=universal")).text
    assert "HENRY" in page
    assert "EMDR" not in page

    rows = list(csv.reader(io.StringIO((await staff.client.get("/interventions.csv?form=group")).text)))
    assert {row[5] for row in rows[1:]} == {"Group"}
    assert (
        "No intervention has this form"
        in (await staff.client.get("/interventions?level=universal&form=self_guided")).text
    )
    assert (await staff.client.get("/interventions?form=dance")).status_code == 422


async def test_the_team_lead_puts_a_training_on_record_and_everybody_sees_it(team: ATeam, visitor: Visitor) -> None:
    who = await priya(team)
    await visitor.signs_in(LEAD)
    form = f"/colleagues/{who.id}/training"

    answer = await visitor.posts(form, TRAINING, seen_on=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/colleagues?done=training")
    page = (await visitor.client.get("/colleagues?done=training")).text
    assert "Saved" in page
    assert "Video Interaction Guidance, from 1 February 2025" in page
    assert ("training.record", who.id) in await team.audited()


async def test_what_was_typed_wrong_is_said_and_kept(team: ATeam, visitor: Visitor) -> None:
    who = await priya(team)
    await visitor.signs_in(LEAD)
    form = f"/colleagues/{who.id}/training"
    until = {"until_on-day": "1", "until_on-month": "1", "until_on-year": "2025"}

    wrong = await visitor.posts(form, TRAINING | until, seen_on=form)
    empty = await visitor.posts(form, TRAINING | {"course": ""}, seen_on=form)

    assert wrong.status_code == 422
    assert "The last date must be after the first." in wrong.text
    assert 'value="2025"' in wrong.text
    assert (empty.status_code, "Choose the training" in empty.text) == (422, True)


async def test_only_the_team_lead_adds_a_training(team: ATeam, staff: Visitor) -> None:
    who = await priya(team)

    assert "Add a training" not in (await staff.client.get("/colleagues")).text
    assert (await staff.client.get(f"/colleagues/{who.id}/training")).status_code == 403


async def test_a_stranger_has_no_page(visitor: Visitor) -> None:
    await visitor.signs_in(LEAD)

    assert (await visitor.client.get(f"/colleagues/{new_id()}/training")).status_code == 404


async def test_who_holds_it_today_is_found_and_who_held_it_once_is_not(team: ATeam, staff: Visitor) -> None:
    who = await priya(team)
    await holds(team, who, HeldTraining(Course.NBO, TODAY - timedelta(days=400), TODAY))
    await holds(team, who, HeldTraining(Course.VIG, TODAY - timedelta(days=400), TODAY + timedelta(days=1)))

    assert "Nobody holds this today." in (await staff.client.get("/colleagues?course=NBO")).text
    assert "Priya Sample" in (await staff.client.get("/colleagues?course=VIG")).text
    assert "Not current" in (await staff.client.get("/colleagues")).text
    rows = list(csv.reader(io.StringIO((await staff.client.get("/colleagues.csv")).text)))
    assert [[row[0], row[2]] for row in rows[1:]] == [
        ["Priya Sample", "Video Interaction Guidance"],
        ["Priya Sample", "Newborn Behavioural Observations"],
    ]


async def test_the_administrator_sees_both_pages(visitor: Visitor) -> None:
    await visitor.signs_in(ADMINISTRATOR)

    for path in ("/interventions", "/colleagues"):
        assert (await visitor.client.get(path)).status_code == 200
