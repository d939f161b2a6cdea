"""The demonstration's history, given to the real commands: a living team with whole journeys."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.referral.contents import SERVICE
from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.happening import Accepted, Closed, DangerAnswered, Happening, Received
from services.referral.demonstration.history import history
from services.referral.demonstration.scores import SPREADS, answers, totals
from services.referral.demonstration.stories import stories
from services.referral.intake.domain.duplicate import compare
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.intake.queries.possible_duplicates import description_of
from services.referral.measures.domain.scoring import score
from services.referral.measures.packs.measures import MEASURES
from services.referral.people.domain.people import Caregiver, Referrer
from services.referral.reckoning.timers.reckon_caseload import reckon_caseload
from services.referral.reckoning.timers.reckon_experience import reckon_experience
from shared.demonstration.loading import Pace, carry_out_share, shares
from shared.demonstration.moments import is_at_work
from shared.testing.told_region import untold_kinds
from tests.referral.a_team import REGION_KEY, ATeam
from tests.referral.builders import a_team_named

BLACKPOOL = a_team_named("blackpool")
UNTIL = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
"""A Wednesday."""
KEPT_FOR_DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}|0(161|151|113) 496 0\d{3}|0191 498 0\d{3}")
"""Source: Ofcom, numbers for use in TV and radio drama."""
PLANTED = 2
NOT_IN_A_HISTORY = {"family_rereferred_corrected"}
"""Two records of one family are joined by people who look at them: a history leaves that to whoever tries it."""
STORIES = frozenset(story.name for story in stories(UNTIL.date()))


async def loaded(team: ATeam, happenings: Sequence[Happening]) -> Demonstration:
    """Raises Refusal when a command says no."""
    demonstration = Demonstration(team.engine, BLACKPOOL, REGION_KEY)
    await demonstration.introduce(happenings[0].at)
    [share] = shares(happenings, 1)
    await carry_out_share(demonstration, share, Pace(1), 0)
    return demonstration


def phones_of(request: ReferralRequest) -> list[str]:
    people = (request.caregiver, request.other_caregiver, request.referrer)
    return [one.phone for one in people if isinstance(one, Caregiver | Referrer) and one.phone]


async def rows(team: ATeam, query: str) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(text(query), {"until": UNTIL}))


async def one(team: ATeam, query: str) -> Any:
    return (await rows(team, query))[0][0]


def test_the_same_team_has_the_same_families_each_time() -> None:
    assert history("lancaster", UNTIL) == history("lancaster", UNTIL)


def test_a_family_that_ended_long_ago_is_the_same_a_day_later() -> None:
    def old(until: datetime) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for one in history("lancaster", until):
            if one.at < UNTIL - timedelta(365) and one.family[0].isdigit():
                found[one.family].append(repr(one))
        return found

    today, tomorrow = old(UNTIL), old(UNTIL + timedelta(1))
    ended = [family for family, told in today.items() if "Ended" in told[-1]]
    assert len(ended) > 10
    assert [today[family] for family in ended] == [tomorrow[family] for family in ended]


def test_everybody_is_invented() -> None:
    requests = [one.action.request for one in history("blackpool", UNTIL) if isinstance(one.action, Received)]

    assert len(requests) > 300
    for request in requests:
        assert (request.nhs_number or "999").startswith("999")
        assert request.postcode.startswith("FY0 ") or request.postcode.endswith("9ZZ")
        for phone in phones_of(request):
            assert KEPT_FOR_DRAMA.fullmatch(phone), phone
        assert (request.referrer.email or "@example.org").endswith("@example.org")


@pytest.mark.parametrize("team", ["blackpool", "lancaster"])
def test_a_telephone_number_belongs_to_one_person_or_one_family(team: str) -> None:
    holders = defaultdict[str, set[str]](set)
    came = [(one.family, one.action.request) for one in history(team, UNTIL) if isinstance(one.action, Received)]
    for _, request in came:
        for person in (request.caregiver, request.other_caregiver, request.referrer):
            if isinstance(person, Caregiver | Referrer) and person.phone:
                holders[person.phone].add(person.name)

    assert max(map(len, holders.values())) == 1
    homes = Counter({family: request.postcode for family, request in came}.values())
    assert sum(number - 1 for number in homes.values()) == PLANTED


@pytest.mark.parametrize("days", [0, 1, 33, 190])
@pytest.mark.parametrize("team", ["blackpool", "lancaster"])
def test_two_of_those_who_wait_are_families_that_the_team_knows_and_no_other_seems_to_be(team: str, days: int) -> None:
    whole = history(team, UNTIL + timedelta(days))
    received = {one.family: one.action.request for one in whole if isinstance(one.action, Received)}
    decided = {one.family for one in whole if isinstance(one.action, Accepted | Closed)}
    waiting = received.keys() - decided

    known = {family: description_of(request) for family, request in received.items()}
    alike = {one for one in waiting for other in received if other != one and compare(known[one], known[other])}
    assert len(waiting) >= 6
    assert alike == {"known baby", "next baby"}


def test_whoever_tells_of_danger_is_called_within_the_hour_of_office_hours() -> None:
    told = {
        one.family: one.at
        for one in history("blackpool", UNTIL)
        if isinstance(one.action, Received) and one.action.request.in_danger
    }
    answered = {one.family: one.at for one in history("blackpool", UNTIL) if isinstance(one.action, DangerAnswered)}

    assert told.keys() == answered.keys()
    decided = {one.family: one.at for one in history("blackpool", UNTIL) if isinstance(one.action, Accepted | Closed)}
    for family, at in told.items():
        assert family not in decided or answered[family] < decided[family]
        assert answered[family] - at < timedelta(hours=1) or (
            is_at_work(answered[family]) and not is_at_work(at + timedelta(hours=1))
        )


async def test_three_months_show_a_living_team(team: ATeam) -> None:
    await loaded(team, history("blackpool", UNTIL, months=3))

    came: dict[str, int] = {
        row[0]: row[1] for row in await rows(team, "SELECT attendance, count(*) FROM contact GROUP BY 1")
    }
    recorded = sum(number for attendance, number in came.items() if attendance)
    assert recorded > 60
    assert 0.7 < came["attended"] / recorded < 0.95
    assert await one(team, "SELECT count(DISTINCT lead_id) FROM episode WHERE ended_on IS NULL") >= 4
    assert await one(team, "SELECT count(*) FROM episode WHERE next_contact_at > :until") > 10
    for milestone in ("assessed_on", "formulated_on", "plan_agreed_on", "baseline_on", "intervention_started_on"):
        assert await one(team, f"SELECT count(*) FROM episode WHERE {milestone} IS NOT NULL") > 5
    assert await one(team, "SELECT count(*) FROM goal_rating") > 5
    assert await one(team, "SELECT count(*) FROM colleague_training") >= 12
    for kind in ("self_harm_answer", "risk_note"):
        assert await one(team, f"SELECT count(*) FROM task WHERE kind = '{kind}' AND answered_at IS NULL") == 0
    late = "answered_at IS NULL AND due_on < CAST(:until AS date) - 60"
    assert await one(team, f"SELECT count(*) FROM task WHERE {late}") == 0
    assert await one(team, "SELECT count(*) FROM group_place") >= 3
    assert await one(team, "SELECT count(*) FROM contact WHERE group_session_id IS NOT NULL") > 6
    assert await one(team, "SELECT count(*) FROM callback WHERE answered_at IS NULL") == 1
    assert await one(team, "SELECT count(*) FROM promise WHERE answered_at IS NULL") == 0
    quiet = "next_contact_at IS NULL AND coalesce(last_contact_on, opened_on) < CAST(:until AS date) - 60"
    assert await one(team, f"SELECT count(*) FROM episode WHERE ended_on IS NULL AND {quiet}") == 0
    team.now = UNTIL
    await reckon_caseload(team.units)
    await reckon_experience(team.units)
    assert await untold_kinds(SERVICE, team.engine) == NOT_IN_A_HISTORY


async def test_the_stories_come_to_where_they_are_told(team: ATeam) -> None:
    await loaded(team, [one for one in history("blackpool", UNTIL) if one.family in STORIES])

    episodes = {
        row.name: row
        for row in await rows(
            team,
            """
            SELECT baby.name, episode.*, (SELECT count(*) FROM dyad WHERE dyad.family_id = episode.family_id) AS dyads
            FROM episode JOIN family_member USING (family_id) JOIN person AS baby ON baby.id = person_id
            WHERE kind = 'baby'
            """,
        )
    }
    shannon, robin, theo = (episodes[f"{name} Example"] for name in ("Shannon", "Robin", "Theo"))
    assert shannon.ending == "completed"
    assert shannon.contacts_attended > 15
    changes = await rows(team, "SELECT body->>'change' FROM outbox WHERE type = 'uk.pairs.measure.change_computed.v1'")
    assert {"recovered"} == {row[0] for row in changes}

    assert robin.ended_on is None
    assert robin.next_contact_at > UNTIL
    missed = f"FROM contact WHERE episode_id = '{robin.id}' AND attendance = 'was_not_brought'"
    assert await one(team, f"SELECT count(*) {missed}") == 3
    tasks = await rows(team, f"SELECT kind FROM task WHERE answered_at IS NULL AND family_id = '{robin.family_id}'")
    assert [row[0] for row in tasks] == ["non_attendance"]

    assert (theo.ended_on, theo.dyads) == (None, 1)
    father = f"SELECT relationship FROM dyad WHERE family_id = '{theo.family_id}'"
    assert await one(team, father) == "father"

    assert episodes["Alma Example"].family_id == episodes["Bruno Example"].family_id
    in_care = "SELECT person.name FROM legal_status JOIN person ON person.id = person_id"
    assert [row[0] for row in await rows(team, in_care)] == ["Bruno Example"]


async def test_every_feature_is_in_use_in_some_story(team: ATeam) -> None:
    await loaded(team, [one for one in history("blackpool", UNTIL) if one.family in STORIES])

    assert await one(team, "SELECT count(*) FROM letter WHERE issued_at IS NOT NULL") >= 4
    assert await one(team, "SELECT count(*) FROM letter WHERE issued_at IS NULL") >= 2
    assert await one(team, "SELECT count(*) FROM pause WHERE ended_on IS NULL") == 1
    assert await one(team, "SELECT count(*) FROM consent WHERE withdrawn_on IS NOT NULL") == 1
    assert await one(team, "SELECT count(*) FROM hand_over WHERE completed_on IS NULL") == 1
    assert await one(team, "SELECT count(*) FROM safety_flag WHERE ended_on IS NULL AND version = 2") == 1
    assert await one(team, "SELECT count(*) FROM episode WHERE review_on < CAST(:until AS date)") == 0
    assert await one(team, "SELECT count(*) FROM person WHERE pregnancy_outcome = 'stillbirth'") == 1
    assert await one(team, "SELECT count(*) FROM family_restriction WHERE lifted_at IS NULL") == 1
    assert await one(team, "SELECT count(*) FROM contact WHERE interpreter = 'used'") > 3


def test_answers_add_up_to_the_totals_that_were_drawn() -> None:
    chance = random.Random(3)

    for code, spread in SPREADS.items():
        for _ in range(50):
            total = totals(chance, spread)[0]
            given = {str(number): answer for number, answer in enumerate(answers(chance, code, total), start=1)}
            assert score(MEASURES[code], given).value("total") == total


def test_measures_change_as_the_reference_has_it() -> None:
    chance = random.Random(5)
    pairs = [totals(chance, SPREADS["EPDS"]) for _ in range(4000)]

    start = sum(start for start, _ in pairs) / len(pairs)
    change = sum(end - start for start, end in pairs) / len(pairs)
    worse = sum(end - start >= 4 for start, end in pairs) / len(pairs)
    assert abs(start - 14.2) < 0.4
    assert abs(change + 5) < 1
    assert 0.05 < worse < 0.09
