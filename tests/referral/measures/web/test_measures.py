"""A family's measures by those who enter them, by the parent with a link, and by those who may not see them."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from httpx import AsyncClient, Response

from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.scoring import Answer
from services.referral.measures.packs.measures import OURS
from services.referral.people.domain.message import MessageKind
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from services.referral.support.commands.set_goal import SetGoal, set_goal
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.measures.builders import (
    PRACTITIONER,
    TheFamily,
    an_entry,
    enters,
    phq9,
    stored,
    tasks_of,
    the_family,
)
from tests.referral.measures.test_request_measure import asks, links
from tests.referral.messages import a_family_with_email
from tests.referral.messages import stored as queued
from tests.referral.web.visitor import ADMINISTRATOR, REGIONAL_LEAD, Visitor, client_of, hidden_in, pages_of
from tests.referral.web.visitor import PRACTITIONER as PRIYA
from tests.referral.worklists.builders import statements_of


def fields_of(given: dict[str, Answer | None], family: TheFamily, **changes: Any) -> dict[str, str]:
    """What a practitioner posts to enter a measure of Leonie's."""
    usual = {
        "person_id": str(family.leonie),
        "baby_id": str(family.shannon),
        "timepoint": "start",
        "answered_on-day": str(TODAY.day),
        "answered_on-month": str(TODAY.month),
        "answered_on-year": str(TODAY.year),
        "note": "",
        **{f"item_{code}": str(answer) for code, answer in given.items() if answer is not None},
    }
    return usual | changes


def root_of(family: TheFamily) -> str:
    return f"/families/{family.family_id}/measures"


async def posts(visitor: Visitor, path: str, fields: dict[str, str]) -> Any:
    return await visitor.posts(path, fields, seen_on=path)


async def test_a_practitioner_enters_a_measure_and_sees_what_it_means(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    answer = await posts(staff, f"{root_of(family)}/new?measure=PHQ9", fields_of(phq9(12), family))
    page = (await staff.client.get(answer.headers["location"])).text

    assert answer.status_code == 303
    assert "The measure is stored." in page
    assert "<strong>12</strong>" in page
    assert "Moderate" in page
    assert "In the clinical range" in page
    assert "Leonie Example" in page
    assert "<svg" in page
    assert "The latest score is 12 (Moderate), on 2 March 2026." in page


async def test_the_page_says_which_limits_nobody_has_checked(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    administration_id = await enters(
        team, family, an_entry("CORE10", Subject(family.leonie), dict.fromkeys("123456789", 1))
    )

    page = (await staff.client.get(f"{root_of(family)}/{administration_id}")).text

    row = re.search(r"<tr><th scope=\"row\">Total: reliable change</th>.*?</tr>", page)
    assert row is not None
    assert "Unverified: set by the team" in row[0]
    assert "NHS England" in row[0]
    assert "with 1 missing" in page


async def test_an_answer_about_self_harm_is_said_on_the_page_and_raises_a_task(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    answer = await posts(staff, f"{root_of(family)}/new?measure=PHQ9", fields_of(phq9(4, self_harm=1), family))
    page = (await staff.client.get(answer.headers["location"])).text
    measure = (await staff.client.get(unquote(answer.headers["location"].partition("then=")[2]))).text

    assert "PHQ9, item 9" in page
    for one in (page, measure):
        assert one.index("Speak with the family today") < one.index("</title>")
        assert "Answer now" in one
        assert "Success" not in one
    assert [task.kind for task in await tasks_of(team, family)] == ["self_harm_answer"]


async def test_a_question_about_self_harm_that_was_left_out_is_pointed_out(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    administration_id = await enters(team, family, an_entry("EPDS", Subject(family.leonie), {"1": 1}))

    page = (await staff.client.get(f"{root_of(family)}/{administration_id}")).text

    assert "Item 10 was not answered, so nothing is known of it. Ask." in page
    assert "No score: more items are missing than the manual allows" in page


async def test_the_list_shows_what_changed_since_the_start_in_words(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16)))
    await enters(team, family, an_entry("KPCS", family.leonie_with_shannon, {str(n): 3 for n in range(1, 16)}))
    team.now += timedelta(days=60)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(9), on=TODAY + timedelta(60)))
    await staff.signs_in(PRIYA)

    page = (await staff.client.get(root_of(family))).text

    assert "From 16 to 9 since 2 March 2026: reliable improvement, now in the non-clinical range." in page
    assert "Leonie Example with Shannon Example" in page
    assert "No change yet: there is one score." in page
    assert page.count("<svg") >= 2
    assert (
        "The clinical range is 10 or more. A difference of 6 or more is reliable: the shaded band is less than that."
        in page
    )


async def test_a_measure_with_several_scales_has_a_line_for_each(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("HADS", Subject(family.leonie), {"A": 12, "D": 7}))

    page = (await staff.client.get(root_of(family))).text
    narrowed = (await staff.client.get(f"{root_of(family)}?measure=HADS")).text

    assert "(HADS): Anxiety" in page
    assert "(HADS): Depression" in page
    assert page.count('class="chart"') == 1
    assert narrowed.count('class="chart"') == 2


async def test_goals_are_among_the_measures_each_by_itself(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    goals = {new_id(): (2, 6, "Enjoy <bath> time"), new_id(): (5, 2, "Leave the house")}
    for goal_id, (first, _, words) in goals.items():
        async with team.begin(PRACTITIONER) as work:
            await set_goal(SetGoal(goal_id, family.episode_id, family.leonie, words, TODAY, first), work)
    team.now += timedelta(days=30)
    for goal_id, (_, last, _) in goals.items():
        async with team.begin(PRACTITIONER) as work:
            await rate_goal(RateGoal(goal_id, 1, TODAY + timedelta(30), last), work)
    await staff.signs_in(PRIYA)

    page = (await staff.client.get(root_of(family))).text
    choose = (await staff.client.get(f"{root_of(family)}/choose")).text

    assert "Goal: Enjoy &lt;bath&gt; time" in page
    assert "From 2 to 6 since 2 March 2026: reliable improvement." in page
    assert "From 5 to 2 since 2 March 2026: reliable deterioration." in page
    assert "Rate the goals in the plan" in choose


async def test_a_list_can_be_narrowed_and_taken_away(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(16), note="=cmd()"))
    await enters(team, family, an_entry("PHQ9", Subject(family.dan), phq9(3)))

    narrowed = (await staff.client.get(f"{root_of(family)}?person={family.dan}")).text
    file = await staff.client.get(f"{root_of(family)}.csv?person={family.leonie}")

    assert "Minimal" in narrowed
    assert "Moderately severe" not in narrowed
    (row,) = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert (row["Measure"], row["Score"], row["Band"]) == ("PHQ9", "16", "Moderately severe")
    assert row["Note"] == "'=cmd()"
    assert (row["In the clinical range"], row["About"]) == ("Yes", "Leonie Example")


async def test_a_family_without_measures_says_so(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    page = (await staff.client.get(root_of(family))).text

    assert "No measure has been completed with this family yet." in page
    assert "Add a measure" in page


RANGE = "Item 1: enter a number from 0 to 3"


@pytest.mark.parametrize(
    ("changes", "sentence", "target"),
    [
        pytest.param({"person_id": ""}, "Choose the parent or carer", "person_id", id="nobody"),
        pytest.param({"person_id": "x"}, "Choose one from the list", "person_id", id="not_an_id"),
        pytest.param({"timepoint": "later"}, "Choose one from the list", "timepoint", id="timepoint"),
        pytest.param({"answered_on-day": "32"}, "Enter a date that exists", "answered_on-day", id="no_such_day"),
        pytest.param({"answered_on-year": "2027"}, "a day that is not to come", "answered_on-day", id="next_year"),
        pytest.param({"answered_on-year": "2025"}, "The day must be from 2 March", "answered_on-day", id="before"),
        pytest.param({"item_1": "4"}, RANGE, "item_1", id="answer"),
        pytest.param({"item_1": "-1"}, RANGE, "item_1", id="negative"),
        pytest.param({"item_1": "١"}, RANGE, "item_1", id="arabic_digit"),
        pytest.param({"item_1": "9" * 90}, RANGE, "item_1", id="ninety_digits"),
        pytest.param({"item_1": "not_applicable"}, RANGE, "item_1", id="always_applies"),
        pytest.param({"item_10": "1"}, "The form had something", "maincontent", id="no_such_item"),
    ],
)
async def test_what_cannot_be_is_said_on_the_page_which_keeps_the_rest(
    team: ATeam, staff: Visitor, changes: dict[str, str], sentence: str, target: str
) -> None:
    family = await the_family(team)
    fields = fields_of(phq9(12), family, note="Read aloud.") | changes

    answer = await posts(staff, f"{root_of(family)}/new?measure=PHQ9", fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'href="#{target}"' in answer.text
    assert "Read aloud." in answer.text
    assert len(re.findall(r'name="item_\d" type="radio" value="\d" checked', answer.text)) >= 8
    assert await stored(team) == []


async def test_an_empty_form_is_asked_for_an_answer(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    answer = await posts(staff, f"{root_of(family)}/new?measure=PHQ9", fields_of({}, family))

    assert answer.status_code == 422
    assert "Enter at least one answer" in answer.text


async def test_a_page_that_is_sent_twice_leads_to_the_same_measure(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    path = f"{root_of(family)}/new?measure=PHQ9"
    fields = {**hidden_in((await staff.client.get(path)).text), **fields_of(phq9(12), family)}

    ends = [await staff.client.post(path, data=fields) for _ in range(2)]

    assert ends[0].headers["location"] == ends[1].headers["location"]
    assert len(await stored(team)) == 1


async def test_a_form_for_another_age_warns_and_refuses_nothing(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)

    page = (await staff.client.get(f"{root_of(family)}/new?measure=NBO")).text
    answer = await posts(staff, f"{root_of(family)}/new?measure=NBO", fields_of({}, family, note="She turned."))

    assert "Shannon Example: This form is for babies from 0 months to under 3 months." in page
    assert answer.status_code == 303


async def test_a_measure_answered_in_a_session_keeps_that_session_and_its_day(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    session = await family.has(family.session())
    team.now += timedelta(days=3)
    await staff.signs_in(PRIYA)
    root = f"/families/{family.family_id}/measures"
    path = f"{root}/new?measure=PHQ9&session={session}"

    choose = (await staff.client.get(f"{root}/choose?session={session}")).text
    form = (await staff.client.get(path)).text
    whose = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.leonie)
    await posts(staff, path, fields_of(phq9(12), whose, contact_id=str(session)))

    assert "It was answered in the session of 2 March 2026." in choose
    assert f"measure=PHQ9&amp;session={session}" in choose
    assert re.search(r'id="answered_on-day"[^>]*value="2"', form)
    assert [row.contact_id for row in await stored(team)] == [session]


async def test_a_session_of_another_family_is_not_found(team: ATeam, staff: Visitor) -> None:
    family, other = await the_family(team), await a_family(team)
    session = await other.has(other.session())

    asked = await staff.client.get(f"{root_of(family)}/choose?session={session}")
    fields = fields_of(phq9(12), family, contact_id=str(session))
    sent = await posts(staff, f"{root_of(family)}/new?measure=PHQ9", fields)

    assert (asked.status_code, sent.status_code) == (404, 404)
    assert await stored(team) == []


async def test_totals_are_entered_for_a_measure_that_is_sold(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    path = f"{root_of(family)}/new?measure=ASQSE2"
    totals: dict[str, Answer | None] = {"points": 70, "concerns": 0, "answered": 28, "items": 30}

    page = (await staff.client.get(path)).text
    nameless = await posts(staff, path, fields_of(totals, family))
    answer = await posts(staff, path, fields_of(totals, family, variant="months_6"))

    assert "Work out the numbers on the paper form, and copy them here." in page
    assert (nameless.status_code, answer.status_code) == (422, 303)
    assert [row.scales[0]["value"] for row in await stored(team)] == ["75.0"]


async def test_a_correction_shows_the_new_score_and_keeps_the_old_one(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    first = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))
    path = f"{root_of(family)}/{first}/correct"

    form = (await staff.client.get(path)).text
    answer = await posts(staff, path, fields_of(phq9(14), family, reason="Item 5 was misread."))
    new, old = (
        (await staff.client.get(answer.headers["location"])).text,
        (await staff.client.get(f"{root_of(family)}/{first}")).text,
    )

    assert 'name="item_1" type="radio" value="3" checked' in form
    assert "The correction is stored." in new
    assert "<strong>14</strong>" in new
    assert "Before it was corrected" in new
    assert "This no longer counts" in old
    assert "Item 5 was misread." in old


async def test_a_correction_of_what_was_corrected_shows_both_versions(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    first = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))
    path = f"{root_of(family)}/{first}/correct"
    await posts(staff, path, fields_of(phq9(14), family, reason="Item 5 was misread."))

    answer = await posts(staff, path, fields_of(phq9(11), family, reason="Item 6 was misread."))

    assert answer.status_code == 409
    assert "Item 5 was misread." in answer.text
    assert "Item 6 was misread." in answer.text
    assert len(await stored(team)) == 2


async def test_a_measure_entered_by_mistake_is_taken_out(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    first = await enters(team, family, an_entry("PHQ9", Subject(family.leonie), phq9(12)))
    path = f"{root_of(family)}/{first}/withdraw"

    unsaid = await posts(staff, path, {"reason": " "})
    answer = await posts(staff, path, {"reason": "Another family's form."})
    again = await posts(staff, path, {"reason": "Another family's form."})
    page = (await staff.client.get(answer.headers["location"])).text

    assert (unsaid.status_code, answer.status_code, again.status_code) == (422, 303, 409)
    assert "The measure is taken out." in page
    assert "No measure has been completed with this family yet." in page
    assert "This no longer counts" in (await staff.client.get(f"{root_of(family)}/{first}")).text


async def test_a_reason_why_there_is_none_is_on_the_list(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    fields = {
        "person_id": str(family.leonie),
        "baby_id": "",
        "timepoint": "start",
        "reason": "distress",
    }

    unsaid = await posts(staff, f"{root_of(family)}/skip?measure=PHQ9", fields | {"reason": ""})
    answer = await posts(staff, f"{root_of(family)}/skip?measure=PHQ9", fields)
    page = (await staff.client.get(answer.headers["location"])).text

    assert (unsaid.status_code, answer.status_code) == (422, 303)
    assert "too distressing at that time. Priya Sample, 2 March 2026." in page


@pytest.mark.parametrize("address", ["", "/choose", "/new?measure=PHQ9", "/skip?measure=PHQ9", "/link?measure=EPDS"])
async def test_the_region_sees_no_measure(team: ATeam, visitor: Visitor, address: str) -> None:
    family = await the_family(team)
    await visitor.signs_in(REGIONAL_LEAD)

    assert (await visitor.client.get(root_of(family) + address)).status_code == 403


@pytest.mark.parametrize("address", ["", ".csv", "/choose", "/skip?measure=PHQ9"])
async def test_nobody_sees_a_measure_without_signing_in(team: ATeam, visitor: Visitor, address: str) -> None:
    family = await the_family(team)

    assert (await visitor.client.get(root_of(family) + address)).status_code == 303


async def test_an_administrator_enters_paper_forms(team: ATeam, visitor: Visitor) -> None:
    family = await the_family(team)
    await visitor.signs_in(ADMINISTRATOR)

    answer = await posts(visitor, f"{root_of(family)}/new?measure=PHQ9", fields_of(phq9(12), family))

    assert answer.status_code == 303


async def test_what_is_not_there_is_not_found(team: ATeam, staff: Visitor) -> None:
    family, other = await the_family(team), await the_family(team)
    of_other = await enters(team, other, an_entry("PHQ9", Subject(other.leonie), phq9(12)))

    for address in (f"/{new_id()}", f"/{of_other}", "/new?measure=NONE", f"/{of_other}/correct"):
        assert (await staff.client.get(root_of(family) + address)).status_code == 404


async def test_reading_and_taking_away_measures_is_in_the_audit_trail(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    await staff.client.get(root_of(family))
    await staff.client.get(f"{root_of(family)}.csv")

    assert (await team.audited())[-2:] == [("measure.read", family.family_id), ("measure.export", family.family_id)]


async def test_the_number_of_statements_does_not_grow_with_the_measures(team: ATeam, staff: Visitor) -> None:
    family = await the_family(team)
    async with statements_of(team) as few:
        await staff.client.get(root_of(family))
    for days in range(6):
        team.now += timedelta(days=1)
        for code, subject in (("PHQ9", Subject(family.leonie)), ("PHQ9", Subject(family.dan))):
            await enters(team, family, an_entry(code, subject, phq9(10 + days), on=TODAY + timedelta(days)))
    await staff.signs_in(PRIYA)
    async with statements_of(team) as many:
        await staff.client.get(root_of(family))

    assert len(many) == len(few)


async def a_link(team: ATeam, staff: Visitor, family: TheFamily, code: str = "EPDS") -> str:
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
    page = f"/families/{family.family_id}/measures/link?measure=PHQ9"

    def fields(person_id: UUID | None) -> dict[str, Any]:
        return {"person_id": str(person_id), "timepoint": "start", "by_email": "yes"}

    sent = await posts(staff, page, fields(family.leonie))
    made = (await staff.client.get(sent.headers["location"])).text
    [waiting] = await queued(team)
    refused = await posts(staff, page, fields(family.dan))

    assert "It is on its way to the parent or carer by e-mail." in made
    assert (waiting.kind, waiting.person_id) == (MessageKind.MEASURE_LINK, family.leonie)
    assert waiting.words.link in made
    assert waiting.words.link in waiting.words.whole
    assert waiting.expires_at == team.now + timedelta(days=14)
    assert "Nobody has recorded that this person agrees to e-mail." in refused.text
    assert 'value="yes" checked' in refused.text
    assert len(await links(team)) == 1
    assert len(await queued(team)) == 1


BEST = {f"item_{number}": "1" if number in {1, 2, 4} else "4" for number in range(1, 11)}
"""The EPDS with 0 points."""


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

    assert "Edinburgh Postnatal Depression Scale" in page.text
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
    assert "Item 3: enter a number from 1 to 4" in wrong.text
    assert wrong.text.count(" checked") == 9
    assert empty.status_code == 422
    assert "Enter at least one answer" in empty.text
    assert await stored(team) == []


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


async def test_a_team_with_permission_shows_the_questions_it_has_loaded(team: ATeam, tmp_path: Path) -> None:
    family = await the_family(team)
    ours = (OURS / "epds.toml").read_text()
    questions = [f"Question {number} of the form" for number in range(1, 11)]
    (tmp_path / "epds.toml").write_text(ours.replace("count = 10", f"count = 10\ntexts = {questions}"))
    token = await asks(team, family)

    async with client_of(pages_of(team, measures_folder=str(tmp_path))) as phone:
        page = (await phone.get(f"/m/{token}")).text
        answer = await answers(phone, f"/m/{token}")

    assert "Question 10 of the form" in page
    assert "Have the paper form" not in page
    assert answer.status_code == 303


async def test_a_link_to_a_form_that_the_team_has_replaced_is_over(team: ATeam, tmp_path: Path) -> None:
    family = await the_family(team)
    ours = (OURS / "epds.toml").read_text()
    (tmp_path / "epds.toml").write_text(ours.replace('version = "1"', 'version = "2"'))
    administration_id = await enters(team, family, an_entry("EPDS", Subject(family.leonie), {"1": 2}))
    token = await asks(team, family)

    async with client_of(pages_of(team, measures_folder=str(tmp_path))) as client:
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
    assert "This measure is entered by the team." in answer.text
