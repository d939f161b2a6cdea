"""A family's measures by those who enter them, and by those who may not see them."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.scoring import Answer
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
    answers,
    enters,
    phq9,
    stored,
    tasks_of,
    the_family,
)
from tests.referral.web.visitor import ADMINISTRATOR, REGIONAL_LEAD, Visitor, hidden_in
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
    assert "The measure is saved." in page
    assert "<strong>12</strong>" in page
    assert "Moderate" in page
    assert "In the clinical range" in page
    assert "Leonie Example" in page
    assert "<svg" in page
    assert "The latest score is 12 (Moderate), on 2 March 2026." in page


async def test_a_second_start_is_asked_whether_it_is_a_review(team: ATeam, staff: Visitor) -> None:
    family, calm = await the_family(team), answers(*[1, 1, 4, 1, 4, 4, 4, 4, 4, 4])
    await enters(team, family, an_entry("OWN", Subject(family.leonie), calm))
    team.now += timedelta(days=140)
    await staff.signs_in(PRIYA)
    day = {"answered_on-day": "20", "answered_on-month": "7"}
    whom = {"person_id": str(family.leonie), "timepoint": "start"}
    page = f"{root_of(family)}/new?measure=OWN"

    start = await posts(staff, page, fields_of(calm, family, **day))
    link = await posts(staff, f"{root_of(family)}/link?measure=OWN", whom)
    review = await posts(staff, page, fields_of(calm, family, timepoint="review", **day))

    for asked in (start, link):
        assert (asked.status_code, "A new start, or a review?" in asked.text) == (409, True)
        assert "Answered on" in asked.text
        assert "2 March 2026" in asked.text
    assert review.status_code == 303


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
        assert "Success" not in one
    assert 'name="answer"' in page
    assert "Answer now" in measure
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
    assert "Add measure" in page


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

    assert "It was answered in the session of" in choose
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
    assert "too distressing at that time." in page


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
