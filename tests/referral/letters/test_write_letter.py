from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services.referral.database.family_tables import person
from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.letters.commands.edit_letter_template import EditLetterTemplate, edit_letter_template
from services.referral.letters.domain.letter_facts import Recipient
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.letters.packs.letters import shipped_template
from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind
from shared.contracts.pathway_codes import Venue
from shared.contracts.vocabulary import DeclineReason, FamilyAgreement, Role, TriageOutcome
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.letters.builders import a_practitioner, referral_of, stored, write

LEAD = an_actor(Role.TEAM_LEAD)


async def lives_at(family: AFamily, address: str, **changes: Any) -> None:
    async with family.team.engine.begin() as connection:
        await connection.execute(
            update(person).where(person.c.id == family.leonie).values(address=address, postcode="FY1 9ZZ", **changes)
        )


async def test_a_draft_says_what_the_record_knows_and_leaves_gaps_for_the_rest(team: ATeam) -> None:
    family = await a_family(team)
    await lives_at(family, "1 Sample Street\nBlackpool")
    referral_id = await referral_of(team, family.family_id)
    priya = await a_practitioner(team)

    letter = await stored(team, await write(team, priya, referral_id, LetterKind.FAMILY_ACCEPTED, family.leonie))

    assert letter.recipient == Recipient("Leonie Example", ("1 Sample Street", "Blackpool", "FY1 9ZZ"))
    assert letter.text.startswith("# We would like to work with you and Shannon\n\nDear Leonie Example\n")
    assert "01632 960 001" in letter.text
    assert letter.gaps == [
        "the date by which we get in touch",
        "what the baby is telling us",
        "what holds the family while they wait",
    ]
    assert ("letter.write", family.family_id) in await team.audited()


async def test_whoever_leads_the_work_signs_and_without_a_lead_whoever_writes(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    priya = await a_practitioner(team)

    letter = await stored(team, await write(team, priya, referral_id, LetterKind.FAMILY_DISCHARGED, family.leonie))

    assert "Priya Sample\nPractitioner\nTeam One parent-infant team" in letter.text


async def test_an_appointment_is_told_to_those_who_are_invited_and_to_no_other_household(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    await family.books(NOW + timedelta(days=8), venue=Venue.FAMILY_HUB)
    assert family.dan is not None

    told = await stored(
        team, await write(team, family.practitioner, referral_id, LetterKind.FAMILY_APPOINTMENT, family.leonie)
    )
    other = await stored(
        team, await write(team, family.practitioner, referral_id, LetterKind.FAMILY_APPOINTMENT, family.dan)
    )

    assert "- When: 10 March 2026, 10:30am\n- Where: Family hub [[which one, with its address]]" in told.text
    assert "10 March" not in other.text
    assert "Family hub" not in other.text
    assert other.recipient.address == ()


async def test_an_address_that_nobody_may_know_stays_out_of_the_letter(team: ATeam) -> None:
    family = await a_family(team)
    await lives_at(family, "1 Secret Street")
    async with team.begin(LEAD) as work:
        details = FlagDetails(FlagKind.UNSAFE_ADDRESS, family.leonie, TODAY, TODAY + timedelta(30), "Social worker")
        await add_safety_flag(AddSafetyFlag(family.family_id, details), work)
    referral_id = await referral_of(team, family.family_id)

    for kind in (LetterKind.FAMILY_ACCEPTED, LetterKind.FAMILY_DISCHARGED):
        letter = await stored(team, await write(team, family.practitioner, referral_id, kind, family.leonie))
        assert letter.recipient.address == ()
        assert "Secret" not in letter.text
        assert "address" not in letter.text


async def test_a_flag_a_risk_and_the_referrers_story_are_in_no_letter(team: ATeam) -> None:
    family = await a_family(team)
    async with team.begin(LEAD) as work:
        details = FlagDetails(
            FlagKind.DOMESTIC_ABUSE, family.leonie, TODAY, TODAY + timedelta(30), "Zz source", "Zz note"
        )
        await add_safety_flag(AddSafetyFlag(family.family_id, details), work)
    await family.has(family.session(note="Zz session note"))
    referral_id = await referral_of(team, family.family_id)

    for kind in LetterKind:
        to = {"family": family.leonie, "referrer": "referrer"}.get(kind.audience.value, "gp")
        letter = await stored(team, await write(team, family.practitioner, referral_id, kind, to))
        assert "Zz" not in letter.text
        assert "abuse" not in letter.text.lower()
        assert "looks away" not in letter.text
        assert "07700900" not in letter.text.replace(" ", "")


async def test_a_closed_referral_has_its_letters_to_the_family_and_to_the_referrer(team: ATeam) -> None:
    receipt = await team.receives()
    async with team.begin(LEAD) as work:
        await close_referral(
            CloseReferral(
                receipt.referral_id, 1, TriageOutcome.DECLINED, DeclineReason.OUT_OF_AREA, "You live near another team."
            ),
            work,
        )

    to_family = await stored(team, await write(team, LEAD, receipt.referral_id, LetterKind.FAMILY_CLOSED, "carer"))
    to_referrer = await stored(
        team, await write(team, LEAD, receipt.referral_id, LetterKind.REFERRER_DECIDED, "referrer")
    )

    assert to_family.recipient == Recipient("Leonie Example", ("FY1 9ZZ",))
    assert "You live near another team." in to_family.text
    assert "call 999" in to_family.text
    assert to_referrer.recipient == Recipient("Ola Sample", ("Blackpool health visiting",))
    assert "We are not able to accept the referral. The family lives outside the area." in to_referrer.text
    assert "safeguarding procedure" in to_referrer.text
    assert to_family.family_id is None


async def test_a_referrer_hears_that_the_referral_came_and_by_when_we_answer(team: ATeam) -> None:
    receipt = await team.receives()

    letter = await stored(team, await write(team, LEAD, receipt.referral_id, LetterKind.REFERRER_RECEIVED, "referrer"))

    assert "We received it on 2 March 2026." in letter.text
    assert "You will hear from us by 9 March 2026." in letter.text
    assert letter.gaps == []


async def test_the_teams_own_words_are_used_from_when_they_are_stored(team: ATeam) -> None:
    family = await a_family(team)
    text = shipped_template(LetterKind.FAMILY_MISSED).text.replace("We are not cross", "We are thinking of you")
    async with team.begin(LEAD) as work:
        await edit_letter_template(EditLetterTemplate(LetterKind.FAMILY_MISSED, 0, text), work)
    referral_id = await referral_of(team, family.family_id)

    letter = await stored(
        team, await write(team, family.practitioner, referral_id, LetterKind.FAMILY_MISSED, family.leonie)
    )

    assert "We are thinking of you" in letter.text


async def test_a_professionals_address_is_typed_and_a_familys_never_is(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    typed = Recipient("Dr Sam Sample", ("Sample Surgery", "Blackpool"))

    for kind, to in ((LetterKind.PROFESSIONAL_DISCHARGED, "gp"), (LetterKind.FAMILY_DISCHARGED, family.leonie)):
        letter = await stored(team, await write(team, family.practitioner, referral_id, kind, to, addressed=typed))
        assert (letter.recipient == typed) is (to == "gp")


async def test_the_same_form_sent_twice_is_stored_once(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    letter_id = new_id()

    for _ in range(2):
        await write(
            team, family.practitioner, referral_id, LetterKind.FAMILY_ACCEPTED, family.leonie, letter_id=letter_id
        )

    assert [action for action, _ in await team.audited()].count("letter.write") == 1


async def test_after_a_death_no_letter_is_written_about_the_family(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    async with team.begin(LEAD) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    for kind, to in ((LetterKind.FAMILY_DISCHARGED, family.leonie), (LetterKind.REFERRER_DISCHARGED, "referrer")):
        with pytest.raises(RuleBroken) as refusal:
            await write(team, LEAD, referral_id, kind, to)
        assert refusal.value.code == "letter_silence"


async def test_nobody_who_is_unsafe_to_contact_is_written_to(team: ATeam) -> None:
    family = await a_family(team)
    await lives_at(family, "1 Sample Street", contact_unsafe=True)

    with pytest.raises(RuleBroken) as refusal:
        await write(team, LEAD, await referral_of(team, family.family_id), LetterKind.FAMILY_ACCEPTED, family.leonie)

    assert refusal.value.code == "letter_unsafe"


@pytest.mark.parametrize("said", [{"consent": FamilyAgreement.UNSAFE_TO_TELL}, {"consent": None, "also_sent": "Alert"}])
async def test_a_family_is_not_written_to_where_telling_it_is_unsafe_or_nobody_said(
    team: ATeam, said: dict[str, Any]
) -> None:
    receipt = await team.receives(**said)

    with pytest.raises(RuleBroken) as refusal:
        await write(team, LEAD, receipt.referral_id, LetterKind.FAMILY_CLOSED, "carer")

    assert refusal.value.code == "letter_unsafe"


async def test_somebody_who_is_not_on_the_list_gets_no_letter(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)

    for to in (family.shannon, new_id(), "gp", ""):
        with pytest.raises(RuleBroken) as refusal:
            await write(team, LEAD, referral_id, LetterKind.FAMILY_ACCEPTED, to)
        assert refusal.value.sentence == "Choose who gets the letter from the list."


async def test_only_the_team_writes_letters_and_only_of_its_own_families(team: ATeam, other_team: ATeam) -> None:
    referral_id = (await other_team.receives()).referral_id

    with pytest.raises(NotAllowed):
        await write(team, an_actor(Role.REGIONAL_LEAD), referral_id, LetterKind.REFERRER_RECEIVED, "referrer")
    with pytest.raises(NotFound):
        await write(team, LEAD, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")


async def test_twins_are_both_named_and_a_baby_who_died_is_not(team: ATeam) -> None:
    family = await a_family(team)
    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == family.shannon).values(died_on=date(2026, 3, 1)))

    letter = await stored(
        team,
        await write(
            team,
            family.practitioner,
            await referral_of(team, family.family_id),
            LetterKind.FAMILY_MISSED,
            family.leonie,
        ),
    )

    assert "Shannon" not in letter.text
    assert "# We would still like to see you and your baby" in letter.text
