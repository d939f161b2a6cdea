"""The print pack of a day: a page for each family, with what someone needs at the door."""

from datetime import timedelta

import pytest

from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.web.test_diary import another, booked
from tests.referral.governance.builders import restrict
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor

TOMORROW = "/diary/print-pack?day=2026-03-03"


@pytest.fixture
async def family(team: ATeam) -> AFamily:
    return await a_family(team)


async def test_each_family_of_the_day_has_a_page(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await family.has(family.session(note="We sang.", infant_voice="She smiled."))
    await booked(family)
    await booked(await another(team))

    page = (await staff.client.get(TOMORROW)).text

    assert page.count('class="pairs-card pairs-pack"') == 2
    for words in ("Shannon Example", "Max Specimen", "Leonie Example", "We sang.", "She smiled.", "EPDS (first time)"):
        assert words in page


async def test_a_day_without_a_visit_says_so(staff: Visitor) -> None:
    assert "Nobody is booked on this day." in (await staff.client.get(TOMORROW)).text


async def test_each_record_that_was_printed_is_in_the_audit_trail(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await booked(family)
    await staff.client.get(TOMORROW)

    assert ("diary.print", family.family_id) in await team.audited()


async def test_a_restricted_record_has_no_page(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await booked(family)
    await restrict(team, family.family_id, LEAD.id)

    page = (await staff.client.get(TOMORROW)).text

    assert "1 visit is to a record that you may not open." in page
    assert "Leonie" not in page


async def test_a_colleagues_pack_is_printed_for_them(staff: Visitor, family: AFamily) -> None:
    await family.books(NOW + timedelta(days=1))

    own = (await staff.client.get(TOMORROW)).text
    theirs = (await staff.client.get(f"{TOMORROW}&whose={family.practitioner.id}")).text

    assert "Shannon Example" not in own
    assert "Shannon Example" in theirs
    assert PRACTITIONER.id != family.practitioner.id
