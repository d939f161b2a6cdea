import pytest

from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.domain.retention import HoldReason
from services.referral.governance.queries.record_history import holds_of
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, PRACTITIONER


async def place(team: ATeam, family_id: object, note: str = "The 2026 inquiry.", actor: Actor = LEAD) -> None:
    async with team.begin(actor) as work:
        await place_hold(PlaceHold(family_id, HoldReason.INQUIRY, note), work)  # type: ignore[arg-type]


async def test_a_hold_says_why_the_record_is_kept(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    await place(team, family_id)

    async with team.begin(LEAD) as work:
        (hold,) = await holds_of(work, family_id)
    assert (hold.reason, hold.note, hold.lifted_at) == (HoldReason.INQUIRY, "The 2026 inquiry.", None)
    assert (await team.audited())[-1] == ("hold.place", family_id)


async def test_the_same_hold_is_placed_once(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await place(team, family_id)

    with pytest.raises(Conflict):
        await place(team, family_id)


async def test_only_the_lead_holds_a_record_that_is_there_and_in_words(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    with pytest.raises(NotAllowed):
        await place(team, family_id, actor=PRACTITIONER)
    with pytest.raises(RuleBroken):
        await place(team, family_id, "")
    with pytest.raises(NotFound):
        await place(team, new_id())
