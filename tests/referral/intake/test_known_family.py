"""A family that comes again: one check for every way in, and a new episode of the same record."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, update

from services.referral.database.family_tables import family
from services.referral.database.tables import episode
from services.referral.intake.commands.accept_referral import AcceptedFamily, AcceptReferral, accept_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.duplicate import Certainty
from services.referral.intake.domain.merge import description_of_family
from services.referral.intake.domain.referral_request import EarlierReceipt
from services.referral.intake.domain.triage import Acceptance
from services.referral.intake.queries.possible_duplicates import (
    PossibleDuplicate,
    Seeker,
    description_of,
    possible_duplicates,
)
from services.referral.intake.queries.triage_queue import (
    QueueFilter,
    QueuePart,
    QueueState,
    QueueTargets,
    queue_counts,
    triage_queue,
)
from services.referral.people.database.families import Families
from services.referral.people.database.people import People
from services.referral.people.domain.family import Family
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Relationship
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.support.database.waits import read_history
from services.referral.team.domain.wait_clock import DEFAULT_RULES, read_clocks
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.vocabulary import ReferralRoute, Role, Urgency
from shared.kernel.errors import NotFound, RuleBroken
from shared.staff.colleagues import Colleagues
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, a_request, an_actor, an_opening

LEAD = an_actor(Role.TEAM_LEAD)


async def ended(team: ATeam) -> AcceptedFamily:
    """Leonie, Dan and Shannon, whose work has ended."""
    accepted = await team.accepts()
    async with team.begin(LEAD) as work:
        await work.session.execute(
            update(episode).where(episode.c.id == accepted.episode_id).values(ended_on=TODAY, ending="completed")
        )
    return accepted


async def accept(team: ATeam, request: dict[str, Any], **changes: Any) -> AcceptedFamily:
    receipt = await team.receives(**request)
    command = AcceptReferral(receipt.referral_id, 1, Urgency.ROUTINE, an_opening())
    async with team.begin(LEAD) as work:
        return await accept_referral(replace(command, **changes), work)


async def record(team: ATeam, family_id: UUID) -> Family:
    async with team.begin(LEAD) as work:
        return await Families(work).get(family_id)


async def found(team: ATeam, **changes: Any) -> list[PossibleDuplicate]:
    async with team.begin(LEAD) as work:
        (likely,) = await possible_duplicates(
            work.session, [description_of(a_request(**changes))], Seeker(LEAD, team.now)
        )
        return likely


async def test_the_same_baby_comes_again_and_nobody_is_there_twice(team: ATeam) -> None:
    before = await ended(team)
    baby_id = (await record(team, before.family_id)).babies[0].id

    again = await accept(team, {}, family_id=before.family_id, baby_id=baby_id)

    family_ = await record(team, before.family_id)
    assert again.family_id == before.family_id
    assert again.episode_id != before.episode_id
    assert ([one.id for one in family_.babies], len(family_.carers)) == ([baby_id], 2)
    kinds = [kind for kind, _ in await team.published()]
    assert kinds.count("uk.pairs.family.recorded.v1") == 1
    assert kinds.count("uk.pairs.episode.opened.v1") == 2


async def test_the_next_baby_and_a_carer_named_anew_are_added_with_their_dyads(team: ATeam) -> None:
    before = await ended(team)
    request = {
        "subject": Unborn(date(2026, 6, 1)),
        "nhs_number": None,
        "caregiver": Caregiver("EXAMPLE, Leonie", Relationship.BIRTH_PARENT),
        "other_caregiver": Caregiver("Gran Example", Relationship.KINSHIP, "07700 900555"),
    }

    await accept(team, request, family_id=before.family_id)

    family_ = await record(team, before.family_id)
    assert [baby.due_on for baby in family_.babies] == [None, date(2026, 6, 1)]
    assert [carer.name for carer in family_.carers] == ["Leonie Example", "Dan Example", "Gran Example"]
    assert len(family_.dyads) == 6
    gran = family_.carers[2].id
    assert {one.relationship for one in family_.dyads if one.carer_id == gran} == {Relationship.KINSHIP}


async def test_a_carer_is_known_by_the_phone_too(team: ATeam) -> None:
    before = await ended(team)
    married = Caregiver("Leonie Sample", Relationship.BIRTH_PARENT, "07700 900123")

    await accept(team, {"caregiver": married, "other_caregiver": NoOtherCaregiver.NONE}, family_id=before.family_id)

    assert len((await record(team, before.family_id)).carers) == 2


async def test_a_family_with_open_work_is_not_accepted_a_second_time(team: ATeam) -> None:
    known = await team.accepts()

    with pytest.raises(RuleBroken) as refusal:
        await accept(team, {}, family_id=known.family_id)

    assert "Join to an open family" in refusal.value.sentence


async def test_a_family_or_baby_that_is_not_there_is_not_found(team: ATeam) -> None:
    known = await ended(team)

    for wrong in ({"family_id": UUID(int=5)}, {"family_id": known.family_id, "baby_id": UUID(int=5)}):
        with pytest.raises(NotFound):
            await accept(team, {}, **wrong)


async def test_the_plan_for_the_wait_and_the_lead_practitioner_are_kept(team: ATeam) -> None:
    async with team.begin(LEAD) as work:
        await Colleagues(work.session).remember(LEAD.id, "Tom Specimen", LEAD.roles)
    receipt = await team.receives()
    command = AcceptReferral(
        receipt.referral_id,
        1,
        Urgency.ROUTINE,
        an_opening(),
        lead_id=LEAD.id,
        safe_wait_plan="The health visitor calls weekly.",
        waiting_well_on=date(2026, 3, 16),
    )

    async with team.begin(LEAD) as work:
        await accept_referral(command, work)

    async with team.begin(LEAD) as work:
        decision = (await Referrals(work).get(receipt.referral_id)).decision
        lead = await work.session.scalar(episode.select().with_only_columns(episode.c.lead_id))
    assert isinstance(decision, Acceptance)
    assert (decision.safe_wait_plan, decision.waiting_well_on) == (
        "The health visitor calls weekly.",
        date(2026, 3, 16),
    )
    assert lead == LEAD.id


async def test_a_call_while_they_wait_is_to_come(team: ATeam) -> None:
    with pytest.raises(RuleBroken):
        await accept(team, {}, waiting_well_on=TODAY)


async def test_the_check_finds_families_and_other_referrals_the_most_alike_first(team: ATeam) -> None:
    known = await team.accepts()
    other = await team.receives(nhs_number=None, postcode="FY4 9ZZ")

    first, second = await found(team)

    assert (first.known.family_id, first.likeness.certainty) == (known.family_id, Certainty.SAME)
    assert first.known.has_open_work
    assert (second.known.referral_id, second.likeness.certainty) == (other.referral_id, Certainty.LIKELY)


async def test_the_check_finds_an_unborn_baby_who_was_born_meanwhile(team: ATeam) -> None:
    unborn = {"subject": Unborn(date(2026, 3, 20)), "nhs_number": None}
    known = await team.accepts(request=unborn)
    team.now = NOW.replace(month=4)

    (likely,) = await found(team, subject=Baby("Shannon Example", date(2026, 3, 10)), nhs_number=None)

    assert likely.known.family_id == known.family_id
    assert likely.likeness.baby_id is not None


async def test_a_stranger_is_like_nobody(team: ATeam) -> None:
    await team.accepts()
    stranger = Caregiver("Mira Specimen", Relationship.BIRTH_PARENT, "07700 900777")

    assert await found(team, subject=Baby("Lena", date(2025, 10, 20)), caregiver=stranger, postcode="FY4 9ZZ",
                       other_caregiver=NoOtherCaregiver.NONE, nhs_number=None) == []  # fmt: skip


async def test_families_without_a_home_are_not_alike_for_that(team: ATeam) -> None:
    await team.accepts(request={"postcode": "ZZ99 3VZ"})
    sister = Caregiver("Leonie Example", Relationship.BIRTH_PARENT)

    assert await found(team, subject=Baby("Max", date(2024, 1, 1)), caregiver=sister, postcode="ZZ99 3VZ",
                       other_caregiver=NoOtherCaregiver.NONE, nhs_number=None) == []  # fmt: skip


async def test_a_merged_record_is_not_found_any_more(team: ATeam) -> None:
    known, kept = await ended(team), await ended(team)
    async with team.begin(LEAD) as work:
        await work.session.execute(
            update(family).where(family.c.id == known.family_id).values(merged_into=kept.family_id)
        )

    assert [one.known.family_id for one in await found(team)] == [kept.family_id]


async def statements(team: ATeam, count: int) -> int:
    """How many statements the check and the queue take beside so many families and referrals."""
    for _ in range(count):
        await team.accepts()
        await team.receives()
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(team.engine.sync_engine, "before_cursor_execute", note)
    async with team.begin(LEAD) as work:
        await possible_duplicates(work.session, [description_of(a_request())] * 5, Seeker(LEAD, team.now))
        await triage_queue(work, TODAY, QueueFilter()).page(work.session)
    event.remove(team.engine.sync_engine, "before_cursor_execute", note)
    return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])


async def test_the_check_and_the_queue_take_as_many_statements_for_one_family_as_for_many(team: ATeam) -> None:
    assert await statements(team, 1) == await statements(team, 6) == 3


async def test_the_queue_puts_danger_first_and_then_what_is_over_its_own_target(team: ATeam) -> None:
    team.now = NOW.replace(day=3)
    old = await team.receives()
    team.now = NOW.replace(day=4)
    urgent = await team.receives()
    team.now = NOW.replace(day=6)
    danger = await team.receives(in_danger=True)
    async with team.begin(LEAD) as work:
        referrals = Referrals(work)
        referral = await referrals.get_to_change(urgent.referral_id)
        referral.set_urgency(Urgency.URGENT, LEAD.roles, seen=1)
        await referrals.save(referral)

    async with team.begin(LEAD) as work:
        queue = await triage_queue(work, TODAY.replace(day=6), QueueFilter(), QueueTargets(5, 1)).page(work.session)
        only = await triage_queue(work, TODAY, QueueFilter(part=QueuePart.URGENT)).page(work.session)

    assert [line.referral_id for line in queue.rows] == [danger.referral_id, urgent.referral_id, old.referral_id]
    assert [line.is_over for line in queue.rows] == [False, True, False]
    assert [line.referral_id for line in only.rows] == [urgent.referral_id]
    assert {line.state for line in queue.rows} == {QueueState.NEW}


async def test_the_queue_says_when_to_ask_again(team: ATeam) -> None:
    asked = await team.receives()
    await team.receives()
    async with team.begin(LEAD) as work:
        referrals = Referrals(work)
        referral = await referrals.get_to_change(asked.referral_id)
        work.publish(
            referral.ask("A phone number.", TODAY.replace(day=16), LEAD.roles, TODAY, safety_worry=False, seen=1),
            about=referral,
        )
        await referrals.save(referral)

    async with team.begin(LEAD) as work:
        lists = {
            (part, day): len(
                await triage_queue(work, TODAY.replace(day=day), QueueFilter(part=part)).whole(work.session)
            )
            for part in (QueuePart.ASKED, QueuePart.CHASE_DUE)
            for day in (2, 16)
        }

    assert lists == {
        (QueuePart.ASKED, 2): 1,
        (QueuePart.ASKED, 16): 1,
        (QueuePart.CHASE_DUE, 2): 0,
        (QueuePart.CHASE_DUE, 16): 1,
    }


async def test_the_queue_marks_whom_two_exact_signs_make_known_and_not_who_only_shares_a_phone(team: ATeam) -> None:
    await team.accepts()
    again = await team.receives(nhs_number=None)
    stranger = Caregiver("Nobody Else", Relationship.FATHER, a_request().caregiver.phone)
    await team.receives(
        subject=Baby("Max Sample", date(2025, 12, 24)),
        caregiver=stranger,
        nhs_number=None,
        postcode="FY8 9ZZ",
        other_caregiver=NoOtherCaregiver.NONE,
    )
    async with team.begin(LEAD) as work:
        known = await triage_queue(work, TODAY, QueueFilter(part=QueuePart.KNOWN)).whole(work.session)
        counts = await queue_counts(work, TODAY, None, QueueTargets(5, 1))

    assert [line.referral_id for line in known] == [again.referral_id]
    assert (counts[None], counts[QueuePart.KNOWN], counts[QueuePart.DANGER]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("known", "again"),
    [("Zoë Łuczak", "Zoe Luczak"), ("Anne-Marie O'Hara", "Miss Ohara Annemarie"), ("Мария Иванова", "Maria Ivanova")],
)
async def test_the_queue_knows_a_baby_by_any_spelling_of_her_name(team: ATeam, known: str, again: str) -> None:
    born_on = date(2026, 1, 20)
    nobody = {"nhs_number": None, "other_caregiver": NoOtherCaregiver.NONE, "postcode": "ZZ99 3VZ"}
    await team.accepts(request={**nobody, "subject": Baby(known, born_on), "caregiver": leonie("07700900123")})
    somebody = Caregiver("Somebody Else", Relationship.BIRTH_PARENT, "07700900555")
    received = await team.receives(**nobody, subject=Baby(again, born_on), caregiver=somebody)
    other = Caregiver("Nobody Sample", Relationship.BIRTH_PARENT, "07700900777")
    await team.receives(**nobody, subject=Baby("Ida Sample", born_on), caregiver=other)

    async with team.begin(LEAD) as work:
        listed = await triage_queue(work, TODAY, QueueFilter(part=QueuePart.KNOWN)).whole(work.session)
        found = await People(work).matches(None, again, born_on)

    assert [line.referral_id for line in listed] == [received.referral_id]
    assert [one.name for one in found] == [known]


def leonie(phone: str) -> Caregiver:
    return Caregiver("Leonie Example", Relationship.BIRTH_PARENT, phone)


async def test_the_queue_knows_a_family_by_each_of_several_numbers_and_nobody_by_having_no_home(team: ATeam) -> None:
    first, second = date(2026, 1, 5), date(2026, 2, 9)
    nobody = {"nhs_number": None, "other_caregiver": NoOtherCaregiver.NONE, "postcode": "ZZ99 3VZ"}
    old = await team.receives(
        **nobody, subject=Baby("Ada", first), caregiver=leonie("07700900123 or 01253960001 ext 2")
    )
    again = await team.receives(**nobody, subject=Baby("Ida", second), caregiver=leonie("07700900555 or 07700900123"))
    await team.receives(
        **nobody,
        subject=Baby("Uma", date(2026, 1, 20)),
        caregiver=Caregiver("Somebody Else", Relationship.BIRTH_PARENT, "07700900123"),
    )

    async with team.begin(LEAD) as work:
        listed = await triage_queue(work, TODAY, QueueFilter(part=QueuePart.KNOWN)).whole(work.session)

    assert {line.referral_id for line in listed} == {old.referral_id, again.referral_id}


async def test_a_transfer_inherits_the_start_of_the_wait_and_not_the_clock_of_triage(team: ATeam) -> None:
    earlier = EarlierReceipt(date(2026, 1, 5), "Lancaster parent-infant team")
    transferred = await team.accepts(request={"route": ReferralRoute.TRANSFER, "earlier": earlier})

    async with team.begin(LEAD) as work:
        history = await read_history(work, transferred.episode_id)
    clocks = {wait.clock: wait for wait in read_clocks(history, TODAY, DEFAULT_RULES)}

    first_contact, triage = clocks[WaitClock.FIRST_CONTACT], clocks[WaitClock.TRIAGE]
    assert (first_contact.gross_days, first_contact.inherited_from) == (56, "Lancaster parent-infant team")
    assert triage.gross_days == 0


async def test_the_other_team_received_it_before_this_one(team: ATeam) -> None:
    with pytest.raises(RuleBroken):
        await team.receives(earlier=EarlierReceipt(date(2026, 3, 3), "Lancaster"))


async def test_two_families_without_a_home_do_not_share_one(team: ATeam) -> None:
    family_id = (await team.accepts(request={"postcode": "ZZ99 3VZ"})).family_id

    assert description_of_family(await record(team, family_id)).postcodes == frozenset()
