from datetime import timedelta

from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import Role
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor
from tests.referral.staff.test_answer_promise import makes, promises


async def test_only_what_was_done_is_kept_and_an_earlier_answer_stays(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    for kind in PromiseKind:
        await makes(team, kind, referral_id, NOW + timedelta(days=1))
    team.now = NOW + timedelta(days=2)

    for _ in range(2):
        async with team.begin(an_actor(Role.PRACTITIONER)) as work:
            await keep_promises(KeepPromises(referral_id, {PromiseKind.READ_BY}), work)

    open_ones = {kind for kind in PromiseKind if (await promises(team, kind))[0].answered_at is None}
    assert open_ones == set(PromiseKind) - {PromiseKind.READ_BY}
    kept = [body for name, body in await team.published() if name == "uk.pairs.promise.kept.v1"]
    assert [(one["kind"], one["is_late"]) for one in kept] == [("read_by", True)]
