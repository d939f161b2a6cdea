"""Triage in full, on its pages: a known family, asking for more, joining, opening again."""

import re
from datetime import timedelta
from typing import Any

from services.referral.intake.domain.referral import ReferralState
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.intake.test_known_family import ended
from tests.referral.web.test_staff_pages import ACCEPT, CLOSE, state_of
from tests.referral.web.visitor import Visitor

CHASE = {"chase_on-day": "16", "chase_on-month": "3", "chase_on-year": "2026"}


async def test_a_known_family_is_beside_the_decision_and_can_be_chosen(team: ATeam, staff: Visitor) -> None:
    known = await ended(team)
    referral_id = (await team.receives()).referral_id

    page = (await staff.client.get(f"/referrals/{referral_id}")).text
    choice = re.search(rf'value="({known.family_id}\.[0-9a-f-]+)"', page)
    assert choice
    answer = await staff.posts(
        f"/referrals/{referral_id}/decide", ACCEPT | {"family": choice[1]}, seen_on=f"/referrals/{referral_id}"
    )

    assert "Possible match" in page
    assert 'name="family" type="radio" value="new" checked' in page
    assert answer.headers["location"] == f"/triage?done=accepted&of={referral_id}"
    assert f"/families/{known.family_id}" in (await staff.client.get(answer.headers["location"])).text


async def test_a_family_that_the_team_works_with_is_joined_and_never_opened_twice(team: ATeam, staff: Visitor) -> None:
    known = await team.accepts()
    referral_id = (await team.receives()).referral_id
    page = f"/referrals/{referral_id}"

    refused = await staff.posts(f"{page}/decide", ACCEPT | {"family": str(known.family_id)}, seen_on=page)
    join: dict[str, Any] = CLOSE | {"decision": "join"}
    joined = await staff.posts(f"{page}/decide", join | {"joins": str(known.family_id)}, seen_on=page)
    record = (await staff.client.get(page)).text

    assert refused.status_code == 422
    assert "The team works with this family already." in refused.text
    assert joined.status_code == 303
    assert f'href="/families/{known.family_id}"' in record
    assert "The referrer, The family" in record or "The family, The referrer" in record


async def test_what_is_missing_is_asked_for_stored_and_the_referral_comes_back(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id
    page = f"/referrals/{referral_id}"
    ask = {"version": "1", "asked_for": "The phone number.", "safety_worry": "no", **CHASE}

    asked = await staff.posts(f"{page}/ask", ask, seen_on=f"{page}/ask")
    queue = (await staff.client.get("/triage?part=asked")).text
    stale = await staff.posts(f"{page}/ask", ask, seen_on=f"{page}/ask")
    supplied = await staff.posts(f"{page}/supply", {"version": "2", "supplied": "It is…"}, seen_on=f"{page}/supply")
    again = (await staff.client.get(supplied.headers["location"])).text

    assert asked.headers["location"] == f"{page}?done=asked"
    assert "Mon 16 Mar" in queue
    assert stale.status_code == 409
    assert "The phone number." in stale.text
    assert "The answer is saved." in again
    assert await state_of(team, referral_id) is ReferralState.RECEIVED


async def test_a_closed_referral_is_opened_again_and_keeps_its_first_receipt(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id
    page = f"/referrals/{referral_id}"
    await staff.posts(f"{page}/decide", CLOSE, seen_on=page)

    link = (await staff.client.get(page)).text
    answer = await staff.posts(f"{page}/reopen", {"version": "2", "reason": "Sent back."}, seen_on=f"{page}/reopen")
    record = (await staff.client.get(answer.headers["location"])).text

    assert f'href="{page}/reopen"' in link
    assert "The referral is open again." in record
    assert ": Sent back." in record
    assert "Save the decision" in record


async def test_a_priority_set_at_triage_has_its_own_target(team: ATeam, staff: Visitor) -> None:
    team.now = NOW - timedelta(4)
    referral_id = (await team.receives()).referral_id
    page = f"/referrals/{referral_id}"
    team.now = NOW

    await staff.posts(f"{page}/priority", {"version": "1", "urgency": "urgent"}, seen_on=f"{page}/priority")
    record = (await staff.client.get(page)).text

    assert "Priority: Urgent" in record
    assert "Over target" in record
    assert 'value="urgent" checked' in record


async def test_from_a_decision_the_letters_are_one_click_away(team: ATeam, staff: Visitor) -> None:
    referral_id = (await team.receives()).referral_id
    await staff.posts(f"/referrals/{referral_id}/decide", CLOSE, seen_on=f"/referrals/{referral_id}")

    page = (await staff.client.get(f"/referrals/{referral_id}")).text

    for kind in ("referrer_decided", "family_closed"):
        link = f"/referrals/{referral_id}/letters/new?kind={kind}"
        assert f'href="{link}"' in page
        assert (await staff.client.get(link)).status_code == 200
