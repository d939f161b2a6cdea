"""From assessment to discharge as a practitioner does it on the pages."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Browser
from sqlalchemy import select

from services.referral.database.clinical_tables import goal
from services.referral.people.commands.record_death import RecordDeath, record_death
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.people.builders import person_named
from tests.referral.people.web.test_people_pages import day, fills, saved, typed_in
from tests.referral.support.builders import agree, assess, episode_of, set_a_goal
from tests.referral.web.test_in_a_browser import sign_in, visit
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, Visitor

ASSESSMENT = {
    "story": "Leonie told of the birth.",
    "needs": "To feel safe enough to be with Shannon.",
    "safety": "No worry at present.",
    "infant_voice": "Shannon looks for her mother's voice.",
    "without_baseline": "distress",
}
FORMULATION = {
    "presenting": "It is hard to be with Shannon.",
    "precipitating": "The birth.",
    "protective": "Dan and Leonie talk.",
    "infant_voice": "Shannon waits, and then looks away.",
    "is_shared": "yes",
}
REVIEW = {
    "infant_voice": "Shannon smiles at Leonie.",
    "family_view": "Leonie feels closer to her.",
    "decision": "We go on as planned.",
}
DISCHARGE = {
    "ending": "completed",
    "family_agreement": "agreed",
    "what_changed": "Leonie feels that she is Shannon's mother.",
    "infant_voice": "Shannon reaches for her.",
    "onward": "The health visitor goes on.",
    "without_measures": "declined",
}


async def met(team: ATeam) -> AFamily:
    family = await a_family(team)
    await family.has()
    return family


async def test_leonie_and_shannon_are_helped_from_assessment_to_discharge_by_pages_alone(
    team: ATeam, staff: Visitor
) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"

    await saved(staff, f"{root}/plan/assessment", **ASSESSMENT)
    await saved(staff, f"{root}/plan/formulation", **FORMULATION)
    await saved(staff, f"{root}/plan/add-goal", words="To enjoy bath time", person_id=str(family.leonie), rating="2")
    page = await saved(
        staff,
        f"{root}/plan/agree",
        agreed_with="Leonie and Dan",
        preference="met",
        intervention="states_and_cues",
        person_id=str(family.shannon),
        planned_sessions="3",
        second_intervention="psychoeducation",
        second_person_id=str(family.leonie),
        second_practitioner_id=str(family.practitioner.id),
        second_planned_sessions="4",
    )
    for words in ("Baby states and cues", "0 of 3", "0 of 4", "To enjoy bath time", "It is hard to be with Shannon."):
        assert words in page
    [goal_id] = await ids(team, goal)
    page = await saved(staff, f"{root}/plan/{goal_id}/rate-goal", rating="6")
    assert "+4" in page
    assert "Reliable improvement" in page
    page = await saved(staff, f"{root}/plan/review", **REVIEW)
    assert re.search(r"Next review due <time[^>]*>Mon 25 May</time>", page)
    page = await saved(staff, f"{root}/discharge", **DISCHARGE)

    assert "Discharged." in page
    assert '<h2 id="discharge-1">Discharge</h2>' in page
    assert "Never started" in page
    assert (await episode_of(family)).ended_on == TODAY
    assert 'Ended: <time datetime="2026-03-02">' in (await staff.client.get(root)).text
    kinds = [kind for kind, _ in await team.published()]
    assert kinds.index("uk.pairs.tier.changed.v1") < kinds.index("uk.pairs.episode.discharged.v1")


async def test_a_page_without_anything_says_what_comes_first(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)

    page = (await staff.client.get(f"/families/{family.family_id}/plan")).text

    for words in (
        "Complete the assessment",
        "Write the formulation",
        "Set a goal",
        "Agree a plan",
        "No review yet",
    ):
        assert words in page
    assert ("plan.read", family.family_id) in await team.audited()


async def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(team: ATeam, staff: Visitor) -> None:
    family = await met(team)

    answer = await fills(
        staff, f"/families/{family.family_id}/plan/assessment", **ASSESSMENT | {"infant_voice": "", "safety": " "}
    )

    assert answer.status_code == 422
    assert "Write what you saw the baby do" in answer.text
    assert "Leonie told of the birth." in answer.text


async def test_a_practitioner_without_the_training_says_why_it_goes_on(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    path = f"/families/{family.family_id}/plan/agree"
    plan = {
        "agreed_with": "Leonie",
        "preference": "met",
        "intervention": "newborn_behavioural_observations",
        "person_id": str(family.shannon),
        "planned_sessions": "3",
    }

    refused = await fills(staff, path, **plan)
    page = await saved(staff, path, **plan, override_reason="Tom, who is trained, sits in.")

    assert refused.status_code == 422
    assert "training for this is not on record" in refused.text
    assert "Training not on record" in page
    assert "Tom, who is trained, sits in." in page


async def test_filming_needs_consent_first(team: ATeam, staff: Visitor) -> None:
    family = await met(team)

    refused = await fills(
        staff,
        f"/families/{family.family_id}/plan/agree",
        agreed_with="Leonie",
        preference="met",
        intervention="video_interaction_guidance",
        person_id=str(family.shannon),
        planned_sessions="5",
        override_reason="Trained elsewhere.",
    )

    assert refused.status_code == 422
    assert "Record their consent to filming first" in refused.text


async def test_two_people_write_and_both_versions_are_shown(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    path = f"/families/{family.family_id}/plan/assessment"
    page = (await staff.client.get(path)).text
    await assess(family)

    answer = await staff.client.post(path, data=typed_in(page) | ASSESSMENT | {"story": "What I heard."})

    assert answer.status_code == 409
    assert "What I heard." in answer.text
    assert "Leonie told of the birth, and of the weeks on the unit." in answer.text


async def test_a_goal_that_somebody_rated_meanwhile_shows_its_ratings(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    goal_id = await set_a_goal(family)

    answer = await fills(staff, f"/families/{family.family_id}/plan/{goal_id}/rate-goal", version="0", rating="9")

    assert answer.status_code == 409
    assert "This has changed in the meantime" in answer.text


async def test_the_work_is_paused_and_goes_on(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"

    assert "until now: The family asked to wait" in await saved(staff, f"{root}/plan/pause", reason="family_asked")
    assert (await fills(staff, f"{root}/plan/pause", reason="family_asked")).status_code == 409
    assert "The work goes on." in await saved(staff, f"{root}/plan/resume")


async def test_who_leads_the_work_is_chosen(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"

    await saved(staff, f"{root}/plan/lead", lead_id=str(family.practitioner.id))

    assert "Priya Sample" in (await staff.client.get(root)).text


async def test_a_hand_over_is_planned_changed_and_completed(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}/plan"
    told = {"service": "Health visiting", "needs_to_know": "Leonie sings.", **day("planned_for", date(2026, 9, 1))}

    assert "Change the hand-over" in await saved(staff, f"{root}/hand-over", **told)
    assert "Thu 1 Oct</time>" in await saved(staff, f"{root}/hand-over", **day("planned_for", date(2026, 10, 1)))
    assert "The hand-over is complete." in await saved(staff, f"{root}/hand-over-complete")


async def test_an_intervention_ends_with_how_it_ended(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    [strand_id] = await agree(family)

    page = await saved(staff, f"/families/{family.family_id}/plan/{strand_id}/end-strand", ending="changed")

    assert "Changed for another intervention" in page


async def test_the_page_that_ends_the_work_says_what_ends_with_it(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    await agree(family)
    await family.books(datetime(2026, 3, 9, 10, tzinfo=UTC))

    page = (await staff.client.get(f"/families/{family.family_id}/discharge")).text

    assert "These interventions end: Baby states and cues." in page
    assert "These appointments are cancelled by us: 9 March 2026" in page


async def test_a_family_that_stopped_coming_is_let_go_by_the_team_lead_only(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    path = f"/families/{family.family_id}/discharge"
    stopped = {
        "ending": "disengaged",
        "family_agreement": "not_yet_told",
        "onward": "The health visitor goes on.",
        "family_was_tried": "Two letters, a text, a visit.",
        "others_were_told": "The health visitor.",
        "safeguarding_considered": "Talked through; no new worry.",
    }

    refused = await fills(staff, path, **stopped)
    await staff.signs_in(LEAD)
    incomplete = await fills(staff, path, **stopped | {"safeguarding_considered": ""})

    assert (refused.status_code, "Ask the team lead" in refused.text) == (403, True)
    assert (incomplete.status_code, "considered about safeguarding" in incomplete.text) == (422, True)
    assert "The family stopped coming" in await saved(staff, path, **stopped)


async def test_after_the_babys_death_only_the_day_is_asked(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    shannon = await person_named(team, family.family_id, "Shannon Example")
    async with team.begin(family.practitioner) as work:
        await record_death(RecordDeath(family.family_id, shannon.id, shannon.version, TODAY), work)
    path = f"/families/{family.family_id}/discharge"

    page = (await staff.client.get(path)).text
    assert "What has changed" not in page
    assert set(typed_in(page)) == {
        "csrf_token",
        "intention",
        "version",
        "ending",
        "ended_on-day",
        "ended_on-month",
        "ended_on-year",
    }
    await saved(staff, path)

    assert (await episode_of(family)).ended_on == TODAY


async def test_a_discharge_is_undone_by_the_team_lead_within_28_days(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"
    await saved(staff, f"{root}/discharge", **DISCHARGE)
    assert "Undo the discharge" not in (await staff.client.get(f"{root}/plan")).text
    await staff.signs_in(LEAD)

    page = await saved(staff, f"{root}/plan/undo-discharge", reason="The wrong family was chosen.")

    assert "Discharge that was undone" in page
    assert (await episode_of(family)).ended_on is None
    team.now = NOW + timedelta(days=1)
    await staff.signs_in(LEAD)
    assert (await fills(staff, f"{root}/plan/undo-discharge", reason="Again.")).status_code == 409


async def test_nothing_is_written_after_the_end(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"
    await saved(staff, f"{root}/discharge", **DISCHARGE)

    for name in ("review", "agree", "assessment"):
        assert (await staff.client.get(f"{root}/plan/{name}")).status_code == 422
    assert "Record a review" not in (await staff.client.get(f"{root}/plan")).text


async def test_an_entry_of_another_family_has_no_page_here(team: ATeam, staff: Visitor) -> None:
    family, other = await met(team), await a_family(team, request={"nhs_number": None})
    goal_id = await set_a_goal(family)

    path = f"/families/{other.family_id}/plan/{goal_id}/rate-goal"

    assert (await staff.client.get(path)).status_code == 404
    assert (await staff.client.get(f"/families/{family.family_id}/plan/nonsense")).status_code == 404


async def test_the_administrator_reads_and_does_not_write(team: ATeam, visitor: Visitor) -> None:
    family = await met(team)
    root = f"/families/{family.family_id}"
    page = f"{root}/plan/review"
    await visitor.signs_in(LEAD)
    typed = typed_in((await visitor.client.get(page)).text) | REVIEW
    await visitor.signs_in(ADMINISTRATOR)

    assert "Record a review" not in (await visitor.client.get(f"{root}/plan")).text
    opened = await visitor.client.get(page, follow_redirects=True)
    own = {name: value for name, value in typed.items() if name not in {"csrf_token", "intention"}}
    refused = await visitor.posts(page, own, seen_on=page)

    assert "Ask someone who may" in opened.text
    assert REVIEW["decision"] in refused.text
    assert refused.status_code == 403


async def test_ratings_are_downloaded(team: ATeam, staff: Visitor) -> None:
    family = await met(team)
    await set_a_goal(family)

    answer = await staff.client.get(f"/families/{family.family_id}/plan/goals.csv")

    assert "To enjoy bath time together,2026-03-02,2" in answer.text
    assert ("plan.export", family.family_id) in await team.audited()


async def test_the_page_of_a_review_is_accessible_after_an_error(team: ATeam, address: str, browser: Browser) -> None:
    family = await met(team)
    async with visit(browser, address) as page:
        await sign_in(page, f"/families/{family.family_id}/plan/review")
        await page.get_by_role("button", name="Save", exact=True).click()
        assert await page.get_by_text("There is a problem").count() == 1
        assert await faults_at_every_width(page) == []


async def ids(team: ATeam, table: Any) -> list[UUID]:
    async with team.engine.connect() as connection:
        return list(await connection.scalars(select(table.c.id)))
