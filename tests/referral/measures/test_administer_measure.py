from datetime import timedelta
from typing import Any

import pytest

from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure import Respondent
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.support.database.progress import read_end_of_work, read_progress
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, Refusal, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.measures.builders import (
    PRACTITIONER,
    an_entry,
    answers,
    enters,
    phq9,
    published,
    stored,
    tasks_of,
    the_family,
)


async def test_answers_are_stored_with_their_score_and_the_version_that_scored_them(team: ATeam) -> None:
    family = await the_family(team)

    administration_id = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    (row,) = await stored(team)
    assert (row.id, row.code, row.definition_version, row.person_id) == (administration_id, "PHQ9", "1", family.leonie)
    assert row.scales[0]["value"] == "12"
    assert row.scales[0]["band"] == "Moderate"
    assert row.answers["1"] == 3
    assert (row.first_id, row.supersedes) == (administration_id, None)


async def test_an_event_says_that_there_is_a_measure_and_not_what_it_is(team: ATeam) -> None:
    family = await the_family(team)

    administration_id = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    assert (await team.published())[-1] == (
        "uk.pairs.measure.recorded.v1",
        {
            "administration_id": str(administration_id),
            "episode_id": str(family.episode_id),
            "measure": "phq9",
            "timepoint": "start",
            "answered_on": "2026-03-02",
        },
    )
    assert (await team.audited())[-1] == ("measure.record", family.family_id)


async def test_the_second_score_says_what_changed_since_the_first(team: ATeam) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    team.now += timedelta(days=60)

    last = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(60)))

    assert await published(team, "measure.change_computed") == [
        {
            "administration_id": str(last),
            "episode_id": str(family.episode_id),
            "measure": "phq9",
            "change": "recovered",
            "is_crossed_without_reliable_change": False,
            "measured_on": "2026-05-01",
            "was_clinical": True,
        }
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"subject": "dan"}, id="of_another_carer"),
        pytest.param({"days": 13}, id="thirteen_days_later"),
        pytest.param({"code": "GAD7"}, id="of_another_measure"),
    ],
)
async def test_scores_that_are_no_pair_say_nothing_of_a_change(team: ATeam, other: dict[str, Any]) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    days = other.get("days", 60)
    team.now += timedelta(days=days)
    subject = Subject(family.dan if "subject" in other else family.leonie)
    given = answers(*[1] * 7) if "code" in other else phq9(9)

    await enters(team, family, an_entry(other.get("code", "PHQ9"), subject, given, on=TODAY + timedelta(days)))

    assert await published(team, "measure.change_computed") == []


@pytest.mark.parametrize(
    ("code", "given", "kind", "detail"),
    [
        pytest.param("PHQ9", phq9(4, self_harm=1), "self_harm_answer", "PHQ9, item 9", id="self_harm"),
        pytest.param("PBQ", {"18": 1}, "safeguarding_answer", "PBQ, item 18", id="safeguarding"),
    ],
)
async def test_an_answer_about_a_risk_raises_a_task_for_the_same_day(
    team: ATeam, code: str, given: dict[str, Any], kind: str, detail: str
) -> None:
    family = await the_family(team)

    administration_id = await enters(team, family, an_entry(code, family.leonie_with_shannon, given))

    (task,) = await tasks_of(team, family)
    assert (task.kind, task.about, task.due_on, task.detail) == (kind, administration_id, TODAY, detail)
    assert [body["kind"] for body in await published(team, "task.raised")] == [kind]


async def test_an_answer_of_zero_about_self_harm_raises_no_task(team: ATeam) -> None:
    family = await the_family(team)

    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(20)))

    assert await tasks_of(team, family) == []


async def test_a_form_with_too_many_gaps_is_kept_without_a_score(team: ATeam) -> None:
    family = await the_family(team)

    await enters(team, family, an_entry("KPCS", family.leonie_with_shannon, answers(3, 3, 3)))

    (row,) = await stored(team)
    assert (row.scales[0]["value"], row.scales[0]["unscored"]) == (None, "too_many_missing")
    assert len(row.scales[0]["missing"]) == 12


async def test_an_observation_is_kept_as_done_with_its_summary(team: ATeam) -> None:
    family = await the_family(team)

    await enters(
        team, family, an_entry("NBO", family.leonie_with_shannon, {}, note="Shannon turned to Leonie's voice.")
    )

    (row,) = await stored(team)
    assert (row.scales, row.note, row.respondent) == ([], "Shannon turned to Leonie's voice.", "practitioner")


async def test_a_page_that_is_sent_twice_stores_one_measure(team: ATeam) -> None:
    family = await the_family(team)
    entry = an_entry("PHQ9", Subject(family.leonie), phq9(12, self_harm=1))
    command = AdministerMeasure(new_id(), family.episode_id, entry)

    for _ in range(2):
        async with team.begin(PRACTITIONER) as work:
            await administer_measure(command, work)

    assert len(await stored(team)) == 1
    assert len(await published(team, "measure.recorded")) == 1
    assert len(await tasks_of(team, family)) == 1


async def test_a_measure_of_the_carer_alone_names_no_baby(team: ATeam) -> None:
    family = await the_family(team)

    await enters(team, family, an_entry("PHQ9", family.leonie_with_shannon, phq9(12)))

    assert (await stored(team))[0].baby_id is None


async def test_a_dad_is_scored_with_a_dads_cut_off(team: ATeam) -> None:
    family = await the_family(team)
    ten = answers(*[2, 2, 2, 2, 3, 3, 3, 3, 3, 4])

    await enters(team, family, an_entry("EPDS", Subject(family.leonie), ten))
    await enters(team, family, an_entry("EPDS", Subject(family.dan), ten))

    of_leonie, of_dan = await stored(team)
    assert [row.scales[0]["value"] for row in (of_leonie, of_dan)] == ["10", "10"]
    assert (of_leonie.variant, of_dan.variant) == ("", "father")
    assert [row.scales[0]["is_clinical"] for row in (of_leonie, of_dan)] == [False, True]


async def test_the_start_measure_is_the_baseline_of_the_work(team: ATeam) -> None:
    family = await the_family(team)
    async with team.begin(PRACTITIONER) as work:
        before = await read_progress(work, family.episode_id)

    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))

    async with team.begin(PRACTITIONER) as work:
        after = await read_progress(work, family.episode_id)
    assert (before.has_baseline, after.has_baseline) == (False, True)


@pytest.mark.parametrize(
    ("code", "given"), [pytest.param("NBO", {}, id="only_done"), pytest.param("KPCS", {"2": 3}, id="unscored")]
)
async def test_what_has_no_score_is_no_baseline_and_no_pair(team: ATeam, code: str, given: dict[str, Any]) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry(code, family.leonie_with_shannon, given))
    team.now += timedelta(days=60)

    await enters(team, family, an_entry(code, family.leonie_with_shannon, given, on=TODAY + timedelta(60)))

    async with team.begin(PRACTITIONER) as work:
        assert not (await read_progress(work, family.episode_id)).has_baseline
        assert not (await read_end_of_work(work, family.episode_id, work.now)).has_paired_measure


async def test_two_scores_fourteen_days_apart_are_a_pair_of_the_episode(team: ATeam) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))
    team.now += timedelta(days=14)

    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(14)))

    async with team.begin(PRACTITIONER) as work:
        assert (await read_end_of_work(work, family.episode_id, work.now)).has_paired_measure


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"on": TODAY + timedelta(1)}, "measure_date", id="tomorrow"),
        pytest.param({"on": TODAY - timedelta(1)}, "measure_date", id="before_the_work_began"),
        pytest.param({"given": {"1": 9}}, "measure_range", id="answer"),
        pytest.param({"given": {}}, "measure_empty", id="empty"),
        pytest.param({"subject": "shannon"}, "measure_carer", id="of_a_baby"),
        pytest.param({"code": "KPCS", "subject": "leonie"}, "measure_baby", id="no_baby"),
        pytest.param({"code": "KPCS", "subject": "dan_as_baby"}, "measure_baby", id="a_carer_as_the_baby"),
        pytest.param({"respondent": Respondent.PRACTITIONER}, "measure_respondent", id="respondent"),
        pytest.param({"variant": "aunt"}, "measure_variant", id="variant"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_stored(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family = await the_family(team)
    whose = {
        "shannon": Subject(family.shannon),
        "leonie": Subject(family.leonie),
        "dan_as_baby": Subject(family.leonie, family.dan),
    }
    subject = whose[changes.pop("subject", "leonie")]
    measure, given = changes.pop("code", "PHQ9"), changes.pop("given", phq9(9))

    with pytest.raises(RuleBroken) as refused:
        await enters(team, family, an_entry(measure, subject, given, **changes))

    assert refused.value.code == code
    assert await stored(team) == []


async def test_a_measure_of_the_two_of_them_ends_when_the_baby_dies(team: ATeam) -> None:
    family = await the_family(team)
    async with team.begin(PRACTITIONER) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY - timedelta(1)), work)

    with pytest.raises(RuleBroken) as refused:
        await enters(team, family, an_entry("KPCS", family.leonie_with_shannon, answers(*[3] * 15)))
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(20)))

    assert refused.value.code == "measure_lost"
    assert [row.code for row in await stored(team)] == ["PHQ9"]


async def test_somebody_of_another_family_is_not_found(team: ATeam) -> None:
    family, other = await the_family(team), await the_family(team)

    with pytest.raises(NotFound):
        await enters(team, family, an_entry("PHQ9", Subject(other.leonie), phq9(9)))


async def test_an_episode_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(NotFound):
        await enters(other_team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9)))


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.TEAM_LEAD, Role.TEAM_ADMINISTRATOR])
async def test_whoever_works_in_the_team_enters_measures(team: ATeam, role: Role) -> None:
    family = await the_family(team)

    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9)), actor=an_actor(role))

    assert len(await stored(team)) == 1


async def test_the_region_enters_no_measure(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(NotAllowed):
        await enters(
            team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9)), actor=an_actor(Role.REGIONAL_LEAD)
        )


async def test_a_refusal_holds_nothing_that_was_entered(team: ATeam) -> None:
    family = await the_family(team)

    with pytest.raises(Refusal) as refused:
        await enters(team, family, an_entry("PHQ9", Subject(family.leonie), {"1": 987}))

    assert "987" not in refused.value.sentence
