from uuid import UUID

import pytest

from services.referral.governance.commands.close_subject_access import CloseSubjectAccess, close_subject_access
from services.referral.governance.commands.decide_disclosure import DecideDisclosure, decide_disclosure
from services.referral.governance.domain.subject_access import AccessOutcome, DisclosureDecision
from services.referral.governance.queries.subject_access_copy import RecordCopy, record_copy
from services.referral.people.database.families import Families
from services.referral.people.domain.disclosure import WithheldReason
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.governance.builders import PRACTITIONER
from tests.referral.governance.test_extend_subject_access import a_request


async def copy_of(team: ATeam, request_id: UUID) -> RecordCopy:
    async with team.begin(PRACTITIONER) as work:
        return await record_copy(work, request_id)


async def decide(
    team: ATeam,
    request_id: UUID,
    item: str,
    decision: DisclosureDecision,
    reason: str = "She agreed.",
    actor: Actor = PRACTITIONER,
) -> None:
    async with team.begin(actor) as work:
        await decide_disclosure(DecideDisclosure(request_id, item, decision, reason), work)


def reasons(copy: RecordCopy, title: str) -> list[WithheldReason | None]:
    return [item.reason for item in copy.items if item.title == title]


def words(copy: RecordCopy) -> str:
    return " ".join(value for item in copy.given for value in item.content.values())


async def test_other_people_and_the_referrer_are_left_out_of_a_babys_copy(team: ATeam) -> None:
    request_id = await a_request(team)

    copy = await copy_of(team, request_id)

    assert "Shannon Example" in words(copy)
    for other in ("Leonie", "Dan Example", "Ola Sample", "07700 900123", "looks away"):
        assert other not in words(copy)
    assert ("Personal details", "It is about another person of the family", 2) in copy.withheld
    assert reasons(copy, "Referral: other people") == [WithheldReason.REFERRER]


async def test_somebody_may_decide_to_give_a_part_and_a_clinician_to_withhold_one(team: ATeam) -> None:
    request_id = await a_request(team)
    before = await copy_of(team, request_id)
    (referral,) = [item.key for item in before.items if item.title == "Referral: other people"]
    (work,) = [item.key for item in before.items if item.title == "Work together"]

    await decide(team, request_id, referral, DisclosureDecision.INCLUDE)
    await decide(team, request_id, work, DisclosureDecision.SERIOUS_HARM, "It would tell where they live.")
    after = await copy_of(team, request_id)
    await decide(team, request_id, referral, DisclosureDecision.WITHHOLD, "The referrer said no.")
    again = await copy_of(team, request_id)

    assert "Ola Sample" in words(after)
    assert reasons(after, "Work together") == [WithheldReason.SERIOUS_HARM]
    assert "Ola Sample" not in words(again)
    assert (await team.audited())[-1][0] == "disclosure.decide"


async def test_a_decision_has_a_reason_and_is_a_clinicians(team: ATeam) -> None:
    request_id = await a_request(team)

    with pytest.raises(RuleBroken):
        await decide(team, request_id, "episode:1", DisclosureDecision.INCLUDE, " ")
    actor = an_actor(Role.TEAM_ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        await decide(team, request_id, "episode:1", DisclosureDecision.INCLUDE, actor=actor)


async def test_nothing_is_decided_after_the_end(team: ATeam) -> None:
    request_id = await a_request(team)
    async with team.begin(PRACTITIONER) as work:
        await close_subject_access(CloseSubjectAccess(request_id, 1, AccessOutcome.WITHDRAWN), work)

    with pytest.raises(Conflict):
        await decide(team, request_id, "episode:1", DisclosureDecision.INCLUDE)


async def test_the_families_of_others_are_in_no_copy(team: ATeam) -> None:
    request_id = await a_request(team)
    other = (await team.accepts()).family_id
    async with team.begin(PRACTITIONER) as work:
        people = {str(member.person.id) for member in (await Families(work).get(other)).members}

    copy = await copy_of(team, request_id)

    assert not any(person in item.key for item in copy.items for person in people)
