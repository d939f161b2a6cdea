"""The pages of supervision, as those who have it, give it and lead the team use them."""

from datetime import date
from typing import Any

import httpx
import pytest

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.timers.raise_supervision_tasks import raise_supervision_tasks
from shared.testing.visitor import hidden_in
from tests.consultation.supervision.conftest import SupervisedTeam, more_colleagues
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, a_meeting
from tests.referral.worklists.builders import statements_of

NEW = "/supervision/sessions/new"


async def sends(client: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    page = await client.get(path)
    return await client.post(path, data={**hidden_in(page.text), **fields})


def a_session(**changes: Any) -> dict[str, Any]:
    usual = {
        "kind": "one_to_one",
        "supervisor": str(BETH.id),
        "supervisees": [str(PRIYA.id)],
        "held_on": "Fri 20 Nov 2026",
        "starts_at": "14:00",
        "minutes": "60",
    }
    return usual | changes


async def test_i_read_how_far_i_am_behind_and_by_when_it_must_be_made_good(team: SupervisedTeam) -> None:
    page = (await team.priya.get("/supervision")).text

    assert "1 hour 15 behind" in page
    assert 'Have <b>75 minutes by <time datetime="2026-12-02">Wed 2 Dec</time></b>.' in page
    for figure in ("5 h 00", "3 h 45", "–1 h 15"):
        assert f">{figure}<" in page
    assert "Still 1 hour 15 behind" in page
    assert "Then 15 minutes behind, which is fine" in page
    assert "<b>By <time" in page
    assert "Counts until 2 Dec" in page
    assert "14 days, nothing owed" in page


async def test_the_curve_says_the_same_in_a_sentence_a_table_and_a_file(team: SupervisedTeam) -> None:
    page = (await team.priya.get("/supervision")).text
    file = (await team.priya.get(f"/supervision/people/{PRIYA.id}/balance.csv")).text

    sentence = "20 December 2026: 1 h 15 behind with what is booked, 3 h 15 behind if no more is held."
    assert page.count(sentence) == 3
    assert "2026-11-26,300,225,-75,No," in file
    assert "2026-12-03,300,225,-75,Yes,-135" in file
    assert "2026-12-10,300,285,-15,Yes,-135" in file
    assert len(file.splitlines()) == 1 + 84 + 24


async def test_the_lead_sees_who_is_behind_the_worst_first_and_months_that_nobody_judges(team: SupervisedTeam) -> None:
    await more_colleagues(team, 5)
    page = (await team.tom.get("/supervision/team")).text

    assert "3 people are an hour or more behind." in page
    assert page.index("Beth Instance</a>") < page.index("Tom Specimen</a>") < page.index("Priya Sample</a>")
    assert page.index("Priya Sample</a>") < page.index("Colleague 01</a>")
    assert page.count('class="is-alarm"') == 3
    assert "Not judged" in page
    assert "supervisor is line manager" in page
    behind = (await team.tom.get("/supervision/team?chip=behind")).text
    assert "Colleague 01" not in behind
    assert "Priya Sample" in (await team.tom.get("/supervision/team.csv?chip=behind")).text


async def test_a_minute_less_than_an_hour_is_not_red(team: SupervisedTeam) -> None:
    await team.holds(a_meeting(date(2026, 11, 25), minutes=16))
    page = (await team.tom.get("/supervision/team")).text

    assert "0 h 59 behind" in page
    assert page.count('class="is-alarm"') == 2
    assert "which is fine" in (await team.priya.get("/supervision")).text


async def test_a_supervisor_sees_those_whom_they_supervise_and_no_others(team: SupervisedTeam) -> None:
    page = (await team.walked.clients[BETH].get("/supervision/team")).text

    assert "Priya Sample" in page
    assert "Tom Specimen</a>" not in page
    assert (await team.walked.clients[BETH].get(f"/supervision/people/{PRIYA.id}")).status_code == 200
    assert (await team.walked.clients[BETH].get(f"/supervision/people/{TOM.id}")).status_code == 403
    assert (await team.priya.get(f"/supervision/people/{TOM.id}")).status_code == 403
    assert "You supervise nobody." in (await team.priya.get("/supervision/team")).text


async def test_an_administrator_has_no_supervision(team: SupervisedTeam) -> None:
    assert (await team.walked.clients[ANN].get("/supervision")).status_code == 403


async def test_what_was_held_is_recorded_and_counts(team: SupervisedTeam) -> None:
    answer = await sends(team.priya, NEW, **a_session())
    page = (await team.priya.get(answer.headers["location"])).text

    assert "Saved" in page
    assert "Fri 20 Nov 14:00" in page
    assert "to 15:00" in page
    assert "15 minutes behind" in (await team.priya.get("/supervision")).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minutes": "0"}, "Enter a number from 1 to 480"),
        ({"minutes": "an hour"}, "Enter a whole number, in figures"),
        ({"starts_at": "25:00"}, "Enter a time, like 10, 10.30 or 2pm"),
        ({"starts_at": ""}, "Enter when it began, or will begin"),
        ({"held_on": "someday"}, "Enter a day, like tomorrow"),
        ({"held_on": "29 Mar 2026", "starts_at": "01:30"}, "The clocks go forward in that hour"),
        ({"held_on": "1 Jan 2099"}, "Enter a day within the next year"),
        ({"supervisees": []}, "Choose who was, or will be, supervised"),
        ({"supervisees": [str(PRIYA.id), str(TOM.id)]}, "One to one is with one person. Choose Group."),
        ({"supervisees": ["Priya"]}, "Choose from the list only"),
        ({"kind": "chat"}, "Choose one from the list"),
        ({"kind": "peer", "supervisees": [str(PRIYA.id), str(TOM.id)]}, "Peers have no supervisor"),
        ({"supervisor": str(PRIYA.id)}, "nobody supervises themselves"),
    ],
)
async def test_what_is_wrong_is_told_where_it_is_and_nothing_is_stored(
    team: SupervisedTeam, changes: dict[str, Any], sentence: str
) -> None:
    before = len(await team.rows(supervision_session))

    answer = await sends(team.priya, NEW, **a_session(**changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(await team.rows(supervision_session)) == before


async def test_two_presses_are_one_session(team: SupervisedTeam) -> None:
    before = len(await team.rows(supervision_session))
    page = await team.priya.get(NEW)
    fields = {**hidden_in(page.text), **a_session()}

    answers = [await team.priya.post(NEW, data=fields) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(await team.rows(supervision_session)) == before + 1


async def test_what_is_booked_is_moved_cancelled_and_held_after_all(team: SupervisedTeam) -> None:
    where = f"/supervision/sessions/{team.sessions[date(2026, 12, 3)]}"
    await sends(team.priya, f"{where}/change", version="1", **a_session(held_on="Tue 1 Dec 2026", starts_at="10"))
    assert "Tue 1 Dec 10:00" in (await team.priya.get(where)).text

    await sends(team.priya, f"{where}/cancel", version="2", by="supervisor")
    page = (await team.priya.get(where)).text
    assert "Cancelled by the supervisor. It counts as 0 minutes." in page

    await sends(team.priya, f"{where}/change", version="3", **a_session(held_on="Wed 25 Nov 2026"))
    assert await team.balance() == -15


async def test_what_is_over_asks_what_became_of_it(team: SupervisedTeam) -> None:
    now, team.now = team.now, team.now.replace(day=25)
    session_id = await team.holds(a_meeting(date(2026, 11, 25)))
    team.now = now

    assert "Was it held? It counts when you say so" in (await team.priya.get("/supervision")).text
    page = (await team.priya.get(f"/supervision/sessions/{session_id}")).text
    assert "Nobody has said yet whether it was held." in page
    assert "It was held</a>" in page


async def test_notes_are_written_and_read_by_the_two(team: SupervisedTeam) -> None:
    where = f"/supervision/sessions/{team.sessions[date(2026, 10, 29)]}"
    notes = f"{where}/notes/{PRIYA.id}"

    await sends(team.walked.clients[BETH], notes, version="0", words="Sits with not knowing.")
    page = (await team.priya.get(notes)).text

    assert "Sits with not knowing." in page
    assert "Only you and Beth Instance can open these notes." in page
    assert "Read notes of supervision" in (await team.tom.get("/audit")).text
    assert "Open to the two alone" in (await team.tom.get(where)).text
    assert (await team.tom.get(notes)).status_code == 403


async def test_the_lead_agrees_corrects_and_changes_the_rules(team: SupervisedTeam) -> None:
    first = {"from_on-day": "26", "from_on-month": "11", "from_on-year": "2026"}
    began = {"experience_from-day": "1", "experience_from-month": "3", "experience_from-year": "2025"}
    agreed = {"supervisee": str(ANN.id), "supervisor": str(TOM.id), "share": "0.6", **first, **began}

    answer = await sends(team.tom, "/supervision/agreements/new", **agreed)
    page = (await team.tom.get(answer.headers["location"])).text
    assert "Ann Pattern" in page
    assert "Tom Specimen" in page

    rules = {"new_minutes": "300", "experienced_minutes": "150", "group_rule": "shared", **first}
    answer = await sends(team.tom, "/supervision/rules", **rules)
    page = (await team.tom.get(answer.headers["location"])).text
    assert "5 h 00 in 28 days" in page
    assert "Half up to four supervisees" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"share": "1.5"}, "Enter the share of full time, from 0.01 to 1"),
        ({"share": "60%"}, "Enter the share of full time, from 0.01 to 1"),
        ({"share": "0"}, "Enter the share of full time, from 0.01 to 1"),
        ({"supervisor": str(PRIYA.id)}, "nobody supervises themselves"),
        ({"from_on-year": "1066"}, "Enter a date that exists"),
        ({"from_on-year": "1999"}, "Enter a day since 2000"),
        ({"last_on-day": "1", "last_on-month": "1", "last_on-year": "2020"}, "must not be before the first"),
    ],
)
async def test_an_agreement_that_cannot_be_meant_is_told_where_it_is_wrong(
    team: SupervisedTeam, changes: dict[str, str], sentence: str
) -> None:
    first = {"from_on-day": "26", "from_on-month": "11", "from_on-year": "2026"}
    began = {"experience_from-day": "1", "experience_from-month": "3", "experience_from-year": "2025"}
    fields = {"supervisee": str(PRIYA.id), "supervisor": str(BETH.id), "share": "0.6", **first, **began, **changes}

    answer = await sends(team.tom, "/supervision/agreements/new", **fields)

    assert answer.status_code == 422
    assert sentence in answer.text


async def test_leave_is_added_and_taken_back(team: SupervisedTeam) -> None:
    days = {
        "first_on-day": "2", "first_on-month": "11", "first_on-year": "2026",
        "last_on-day": "8", "last_on-month": "11", "last_on-year": "2026",
    }  # fmt: skip
    answer = await sends(team.priya, f"/supervision/people/{PRIYA.id}/leave", **days)
    page = (await team.priya.get(answer.headers["location"])).text
    assert "4 h 30" in page

    [leave] = {part.split('"')[0] for part in page.split('href="/supervision/leave/')[1:2]}
    await sends(team.priya, f"/supervision/leave/{leave}", version="1", was_withdrawn="yes", **days)
    assert (await team.record()).balance.owed == 300


async def test_a_task_says_who_is_behind_leads_there_and_is_answered_on_its_page(team: SupervisedTeam) -> None:
    await raise_supervision_tasks(team.units)
    beth = team.walked.clients[BETH]
    page = (await beth.get("/tasks")).text
    assert "Behind with supervision" in page
    assert f"/supervision/people/{PRIYA.id}" in page

    [task_id] = {part.split('"')[0] for part in page.split('class="pairs-do" href="/tasks/')[1:]}
    where = f"/tasks/{task_id}"
    version = (await beth.get(where)).text.split('name="version" value="')[1].split('"')[0]
    await sends(beth, where, version=version, answer="Two hours are booked.")

    assert "Two hours are booked." in (await team.tom.get(where)).text
    assert (await team.priya.get(where)).status_code == 404


async def test_a_page_costs_as_many_statements_with_many_colleagues_as_with_few(team: SupervisedTeam) -> None:
    paths = ("/supervision/team", "/supervision/agreements", "/supervision", f"/supervision/people/{PRIYA.id}/sessions")

    async def costs() -> list[int]:
        found: list[int] = []
        for path in paths:
            await team.tom.get(path)
            async with statements_of(team) as sent:  # pyright: ignore[reportArgumentType] - it has an engine
                assert (await team.tom.get(path)).status_code == 200
            found.append(len(sent))
        return found

    few = await costs()
    await more_colleagues(team, 20)
    assert await costs() == few
