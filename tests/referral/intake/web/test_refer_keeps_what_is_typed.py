"""The public form: each page knows its own draft, and nothing that was typed is lost or mixed up."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from services.referral.database.tables import referral
from services.referral.intake.web.refer_page import MOST_KEPT
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PARENT, PROFESSIONAL, Answers, Visitor, client_of, pages_of


def about(baby: str, story: str) -> Answers:
    return PROFESSIONAL | {"baby": PROFESSIONAL["baby"] | {"baby_name": baby}, "story": {"story": story}}


async def stories_by_baby(team: ATeam) -> Mapping[str, str]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(referral.c.baby_name, referral.c.story))
        return {row.baby_name: row.story for row in rows}


async def types(visitor: Visitor, page: str, number: int, **fields: str) -> int:
    """As the page does by itself while someone types; gives the status of the answer."""
    kept = {**fields, "keep_as": "typing", "keep_number": str(number)}
    return (await visitor.answers(page, kept)).status_code


async def test_two_forms_side_by_side_are_two_referrals(team: ATeam, visitor: Visitor) -> None:
    other = Visitor(visitor.client)
    await visitor.answers_all(about("Ada Example", "Ada is hungry."), before="story")
    await other.answers_all(about("Ben Example", "Ben is tired."), before="home")
    await visitor.answers("story", {"story": "Ada is hungry."})
    await visitor.answers("professionals", PROFESSIONAL["professionals"])
    for page in ("home", "reasons", "story", "professionals"):
        await other.answers(page, about("", "Ben is tired.")[page])

    references = [await visitor.sends(), await other.sends()]

    assert references == ["TEA-2026-000001", "TEA-2026-000002"]
    assert await stories_by_baby(team) == {"Ada Example": "Ada is hungry.", "Ben Example": "Ben is tired."}


async def test_no_address_says_more_than_which_form_and_which_page(visitor: Visitor) -> None:
    await visitor.starts()
    places = [visitor.form]
    for page, fields in PROFESSIONAL.items():
        places.append((await visitor.answers(page, fields)).headers["location"])

    assert all(re.fullmatch(r"/refer/[0-9a-f-]{36}(/[a-z-]+)?", place) for place in places)


@pytest.mark.parametrize("page", ["baby", "check", "save", "number", "danger-now", "sent"])
async def test_who_only_knows_the_address_sees_nothing(team: ATeam, visitor: Visitor, page: str) -> None:
    await visitor.answers_all(PROFESSIONAL)

    async with client_of(pages_of(team)) as client:
        stranger = Visitor(client, visitor.form)
        nobody = await stranger.opens(page)
        await stranger.starts()
        another = await client.get(f"{visitor.form}/{page}")

    assert (nobody.status_code, another.status_code) == (410, 410)


async def test_the_start_page_lists_what_this_browser_has_begun_and_names_nobody(visitor: Visitor) -> None:
    await visitor.answers_all(about("Ada Example", "Ada is hungry."))
    first = visitor.form
    await visitor.answers_all(PROFESSIONAL, before="story")
    second = visitor.form
    await visitor.starts()

    shown = (await visitor.client.get("/refer")).text

    assert f'href="{first}/go-on"' in shown
    assert f'href="{second}/go-on"' in shown
    assert visitor.form not in shown, "nothing is answered in it yet"
    assert "Example" not in shown


async def test_save_and_come_back_later_keeps_the_open_page_half_done_and_wrong(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="baby")

    saved = await visitor.answers("baby", {"baby_name": "Tom Test", "born_on-day": "31", "keep_as": "later"})
    shown = await visitor.opens("baby")

    assert saved.headers["location"] == f"{visitor.form}/save"
    assert shown.status_code == 200, "it was not sent, so nothing is wrong with it yet"
    assert 'value="Tom Test"' in shown.text
    assert 'value="31"' in shown.text
    assert (await visitor.opens("go-on")).headers["location"] == f"{visitor.form}/baby"


async def test_what_is_typed_is_kept_while_it_is_typed_and_nothing_newer_is_overwritten(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="story")

    statuses = [
        await types(visitor, "story", 1, story="She looks"),
        await types(visitor, "story", 2, story="She looks away"),
        await types(visitor, "story", 1, story="late"),
    ]

    assert statuses == [204, 204, 409]
    shown = (await visitor.opens("story")).text
    assert "She looks away" in shown
    assert 'name="keep_number" value="2"' in shown


async def test_what_was_typed_and_not_sent_is_asked_again_though_it_could_be_an_answer(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    await types(visitor, "story", 2, story="She looks away, and I")

    unsent = await visitor.client.post(f"{visitor.form}/check")

    assert unsent.headers["location"] == f"{visitor.form}/story"
    assert (await visitor.opens("go-on")).headers["location"] == f"{visitor.form}/story"
    assert "She looks away, and I" in (await visitor.opens("story")).text


async def test_what_comes_late_does_not_overwrite_what_was_sent(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)

    assert await types(visitor, "story", 1, story="late") == 409
    assert "Shannon looks away" in (await visitor.opens("check")).text


async def test_a_page_that_writes_without_end_is_not_kept_any_more_and_can_still_be_sent(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="story")

    assert await types(visitor, "story", MOST_KEPT, story="She looks") == 204
    assert await types(visitor, "story", MOST_KEPT + 1, story="She looks away") == 429
    assert (await visitor.answers("story", {"story": "She looks away"})).status_code == 303


async def test_a_wrong_answer_leads_back_to_its_page_which_shows_it_also_after_back(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL, before="baby")
    wrong = {**PROFESSIONAL["baby"], "born_on-month": "25"}

    answers = [
        await visitor.client.request("POST", f"{visitor.form}/baby", data=fields)
        for fields in (wrong, wrong | {"baby_name": "Tom Test"})
    ]
    shown = await visitor.opens("baby")

    assert all(answer.request.method == "GET" for answer in answers), "a page that Back opens asks nothing"
    assert shown.status_code == 422
    assert "There is a problem" in shown.text
    assert 'value="Tom Test"' in shown.text


@pytest.mark.parametrize("length", [4000, 4001, 20_000])
async def test_a_story_of_any_script_is_taken_or_kept_and_never_thrown_away(visitor: Visitor, length: int) -> None:
    await visitor.answers_all(PROFESSIONAL, before="story")
    story = "க" * length

    answer = await visitor.answers("story", {"story": story})

    assert answer.status_code == (303 if length <= 4000 else 422)
    assert story in (await visitor.opens("story")).text


async def test_three_presses_of_send_at_once_and_one_after_back_are_one_referral(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PARENT)

    await asyncio.gather(*(visitor.client.post(f"{visitor.form}/check") for _ in range(3)))
    await visitor.answers("story", {"story": "Something else"})
    await visitor.client.post(f"{visitor.form}/check")

    async with team.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(referral)) == 1


async def test_a_draft_that_nobody_has_is_not_there(visitor: Visitor) -> None:
    await visitor.starts()

    assert (await visitor.client.get(f"/refer/{new_id()}/who")).status_code == 410
    assert (await visitor.client.get("/refer/who")).status_code == 404


# --- "Leave this page"


async def test_leave_this_page_stands_on_each_page(visitor: Visitor) -> None:
    await visitor.answers_all(PROFESSIONAL)
    pages = ["/refer", *(f"{visitor.form}/{name}" for name in (*PROFESSIONAL, "check", "save", "number", "danger-now"))]

    for page in pages:
        assert '<a class="pairs-leave__go" href="/refer/leave"' in (await visitor.client.get(page)).text, page


async def test_after_leaving_back_shows_the_first_page_and_no_answer(visitor: Visitor) -> None:
    await visitor.answers_all(PARENT)

    left = await visitor.client.get("/refer/leave")
    pages = [await visitor.client.get(f"{visitor.form}/{page}", follow_redirects=True) for page in ("story", "check")]

    assert left.headers["location"] == "https://www.bbc.co.uk/weather"
    assert (left.headers["clear-site-data"], left.headers["referrer-policy"]) == ('"cache"', "no-referrer")
    for page in pages:
        assert (page.status_code, page.url.path) == (200, "/refer")
        assert "Carry on" not in page.text


async def test_leaving_throws_away_what_no_link_leads_to_and_a_saved_link_still_leads_to_the_rest(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all(PARENT)
    await visitor.client.post(f"{visitor.form}/save")
    link = re.findall(r"/refer/come-back/\w+", (await visitor.opens("saved")).text)[0]
    await visitor.answers_all(PROFESSIONAL)

    await visitor.client.get("/refer/leave")

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral_draft")) == 1
    back = await visitor.client.post(link, follow_redirects=True)
    assert "Check your answers" in back.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch"}], ids=str)
async def test_a_link_elsewhere_or_a_browser_that_looks_ahead_closes_nothing(
    visitor: Visitor, headers: dict[str, Any]
) -> None:
    await visitor.answers_all(PARENT)

    await visitor.client.get("/refer/leave", headers=headers)

    assert (await visitor.opens("story")).status_code == 200


async def test_what_is_typed_after_leaving_is_not_kept(team: ATeam, visitor: Visitor) -> None:
    await visitor.answers_all(PARENT, before="story")
    await visitor.client.get("/refer/leave")

    await types(visitor, "story", 9, story="I am scared")

    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral_draft")) == 0


async def test_what_was_written_on_a_page_that_stood_open_for_a_day_is_shown_to_be_copied(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all(PARENT, before="story")
    team.now += timedelta(hours=25)

    answer = await visitor.answers("story", {"story": "She looks <away>"})

    assert answer.status_code == 410
    assert "She looks &lt;away&gt;" in answer.text
