"""A measure that was wrong: corrected, or taken out."""

from services.referral.measures.domain.administration import Subject
from tests.referral.a_team import ATeam
from tests.referral.measures.builders import (
    an_entry,
    enters,
    phq9,
    stored,
    the_family,
)
from tests.referral.measures.web.test_measures import fields_of, posts, root_of
from tests.referral.web.visitor import Visitor


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
    assert "The correction is saved." in new
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
