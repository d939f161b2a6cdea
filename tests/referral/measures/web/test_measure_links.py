"""A questionnaire that a parent or carer answers by a link."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response

from services.referral.measures.domain.administration import Subject
from services.referral.people.domain.message import MessageKind
from tests.referral.a_team import ATeam
from tests.referral.measures.builders import (
    PACK,
    TheFamily,
    an_entry,
    enters,
    stored,
    tasks_of,
    the_family,
)
from tests.referral.measures.test_request_measure import asks, links
from tests.referral.measures.web.test_measures import posts, root_of
from tests.referral.messages import a_family_with_email
from tests.referral.messages import stored as queued
from tests.referral.web.visitor import PRACTITIONER as PRIYA
from tests.referral.web.visitor import Visitor, client_of, hidden_in, pages_of


async def a_link(team: ATeam, staff: Visitor, family: TheFamily, code: str = "OWN") -> str:
    """A practitioner makes a link for Leonie; gives its path."""
    fields = {"person_id": str(family.leonie), "baby_id": str(family.shannon), "timepoint": "start"}
    answer = await posts(staff, f"{root_of(family)}/link?measure={code}", fields)
    page = (await staff.client.get(answer.headers["location"])).text
    found = re.search(r"http://127\.0\.0\.1:8000(/m/[\w-]{43})", page)
    assert found, page
    assert len(await links(team)) >= 1
    return found[1]


async def test_a_link_goes_by_e_mail_to_somebody_who_agreed_to_that_and_to_nobody_else(
    team: ATeam, staff: Visitor
) -> None:
    family = await a_family_with_email(team)
    page = f"/families/{family.family_id}/measures/link?measure=OWN"

    def fields(person_id: UUID | None) -> dict[str, Any]:
        return {"person_id": str(person_id), "timepoint": "start", "by_email": "yes"}

    sent = await posts(staff, page, fields(family.leonie))
    made = (await staff.client.get(sent.headers["location"])).text
    [waiting] = await queued(team)
    refused = await posts(staff, page, fields(family.dan))

    assert "It is on its way to the parent or carer by email." in made
    assert (waiting.kind, waiting.person_id) == (MessageKind.MEASURE_LINK, family.leonie)
    assert waiting.words.link in made
    assert waiting.words.link in waiting.words.whole
    assert waiting.expires_at == team.now + timedelta(days=14)
    assert "Nobody has recorded that this person agrees to email." in refused.text
    assert 'value="yes" checked' in refused.text
    assert len(await links(team)) == 1
    assert len(await queued(team)) == 1


BEST = {f"item_{number}": "1" if number in {1, 2, 4} else "4" for number in range(1, 11)}
"""The form with 0 points."""


async def answers(phone: AsyncClient, path: str, given: dict[str, str] = BEST) -> Response:
    """A parent opens the link and sends its form."""
    return await phone.post(path, data={**hidden_in((await phone.get(path)).text), **given})


async def test_a_parent_answers_once_by_a_link(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    path = await a_link(team, staff, family)

    async with client_of(pages_of(team)) as phone:
        page = await phone.get(path)
        answer = await answers(phone, path)
        thanks = await phone.get(answer.headers["location"])
        again = await phone.post(path, data={**hidden_in(page.text), **BEST})
    measures = (await staff.client.get(root_of(family))).text

    assert "How the days are" in page.text
    assert "If you need help now" in page.text
    assert "Leonie" not in page.text
    assert (answer.status_code, "Thank you" in thanks.text) == (303, True)
    assert "Thank you" in again.text
    assert len(await stored(team)) == 1
    assert "The parent or carer, by a link" in measures
    assert "Answered" in measures


async def test_what_a_parent_ticked_stays_when_something_is_wrong(team: ATeam, staff: Visitor) -> None:
    path = await a_link(team, staff, await the_family(team))

    async with client_of(pages_of(team)) as phone:
        wrong = await answers(phone, path, BEST | {"item_3": "9"})
        empty = await answers(phone, path, {})

    assert wrong.status_code == 422
    assert "Invented question 3: enter a number from 1 to 4" in wrong.text
    assert wrong.text.count(" checked") == 9
    assert empty.status_code == 422
    assert "Enter at least one answer" in empty.text
    assert await stored(team) == []


async def test_leave_this_page_stands_on_each_page_of_a_link(team: ATeam, staff: Visitor) -> None:
    path = await a_link(team, staff, await the_family(team))

    async with client_of(pages_of(team)) as phone:
        pages = [
            await phone.get(path),
            await answers(phone, path, {}),
            await phone.get("/m/" + "x" * 43),
            await phone.get((await answers(phone, path)).headers["location"]),
        ]

    for page in pages:
        assert '<a class="pairs-leave__go" href="/refer/leave"' in page.text
        assert "leave.mjs" in page.text


async def test_a_parents_answer_about_self_harm_raises_a_task_at_once(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    path = await a_link(team, staff, family)

    async with client_of(pages_of(team)) as phone:
        await answers(phone, path, BEST | {"item_10": "1"})

    assert [task.kind for task in await tasks_of(team, family)] == ["self_harm_answer"]


async def test_a_link_that_is_over_says_so_in_plain_words(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    path = await a_link(team, staff, family)
    (link,) = await links(team)

    async with client_of(pages_of(team)) as phone:
        unknown = await phone.get("/m/" + "x" * 43)
        opened = hidden_in((await phone.get(path)).text)
        await staff.posts(f"{root_of(family)}/links/{link.id}/revoke", {"version": "1"}, seen_on=root_of(family))
        revoked = await phone.get(path)
        answered = await phone.post(path, data={**opened, **BEST})

    assert (unknown.status_code, revoked.status_code, answered.status_code) == (404, 410, 410)
    assert "This link can no longer be used" in revoked.text
    assert "Taken back" in (await staff.client.get(root_of(family))).text
    assert await stored(team) == []


async def test_a_link_is_over_after_fourteen_days(team: ATeam, staff: Visitor) -> None:
    path = await a_link(team, staff, await the_family(team))
    team.now += timedelta(days=14)

    async with client_of(pages_of(team)) as phone:
        assert (await phone.get(path)).status_code == 410


async def test_no_token_is_in_a_log(team: ATeam, staff: Visitor, capfd: pytest.CaptureFixture[str]) -> None:
    path = await a_link(team, staff, await the_family(team))
    token = path.removeprefix("/m/")

    async with client_of(pages_of(team)) as phone:
        await answers(phone, path)
    written = "".join(capfd.readouterr())

    assert "/m/{token}" in written
    assert token not in written


@pytest.mark.parametrize(("allowed", "words"), [(0, "there is no score, so answer all"), (2, "leave out up to 2;")])
async def test_what_is_said_of_leaving_out_is_the_measures_own_rule(
    team: ATeam, tmp_path: Path, allowed: int, words: str
) -> None:
    token = await asks(team, await the_family(team))
    (tmp_path / "own.toml").write_text(ours().replace("allowed = 0", f"allowed = {allowed}"))

    async with client_of(pages_of(team, measures_folder=tmp_path)) as phone:
        page = (await phone.get(f"/m/{token}")).text

    assert "Invented question 10" in page
    assert words in page


async def test_a_link_is_offered_only_where_its_questions_can_be_shown(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    choices = (await staff.client.get(f"{root_of(family)}/choose")).text
    refused = await staff.client.get(f"{root_of(family)}/link?measure=EPDS")

    offered = re.findall(r"/link\?measure=(\w+)", choices)
    assert offered == ["OWN"]
    assert refused.status_code == 422
    assert "A link cannot show this measure's questions." in html.unescape(refused.text)


async def test_a_link_whose_questions_cannot_be_shown_any_more_is_over(team: ATeam, tmp_path: Path) -> None:
    token = await asks(team, await the_family(team))
    (tmp_path / "own.toml").write_text(re.sub(r"texts = \[.*?\]\n", "", ours(), flags=re.DOTALL))

    async with client_of(pages_of(team, measures_folder=tmp_path)) as phone:
        page = await phone.get(f"/m/{token}")

    assert page.status_code == 410
    assert "Invented question" not in page.text


def ours() -> str:
    return (PACK / "own.toml").read_text()


async def test_a_link_to_a_form_that_the_team_has_replaced_is_over(team: ATeam, tmp_path: Path) -> None:
    family = await the_family(team)
    (tmp_path / "own.toml").write_text(ours().replace('version = "1"', 'version = "2"'))
    administration_id = await enters(team, family, an_entry("OWN", Subject(family.leonie), {"1": 2}))
    token = await asks(team, family)

    async with client_of(pages_of(team, measures_folder=tmp_path)) as client:
        link = await client.get(f"/m/{token}")
        staff = Visitor(client)
        await staff.signs_in(PRIYA)
        listed = await client.get(root_of(family))
        record = await client.get(f"{root_of(family)}/{administration_id}")
        correction = await client.get(f"{root_of(family)}/{administration_id}/correct")

    assert link.status_code == 410
    assert (listed.status_code, record.status_code, correction.status_code) == (200, 200, 422)
    assert "Item 1" in record.text
    assert "Where the numbers come from" not in record.text
    assert "Correct it" not in record.text


async def test_a_measure_that_the_team_enters_itself_has_no_link(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    fields = {"person_id": str(family.leonie), "baby_id": str(family.shannon), "timepoint": "start"}

    answer = await posts(staff, f"{root_of(family)}/link?measure=HADS", fields)

    assert answer.status_code == 422
    assert "A link cannot show this measure's questions." in html.unescape(answer.text)
