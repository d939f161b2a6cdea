import contextlib
from datetime import timedelta

import pytest

from services.referral.people.commands.queue_message import queue_message
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.withdraw_consent import WithdrawConsent, withdraw_consent
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import letter_words, referral_link_words
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.message import MessageState, QueueMessage, ToAddress, ToPerson
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.messages import LINK, PHONE, a_family_with_email, agrees, has_email, queue, stored


async def test_a_message_waits_from_the_moment_the_transaction_commits(team: ATeam) -> None:
    family = await a_family_with_email(team)

    assert await queue(family)

    (message,) = await stored(team)
    assert message.state is MessageState.WAITING
    assert message.words.whole.count(LINK) == 1
    assert message.next_attempt_at == NOW
    assert ("message.queue", family.family_id) in await team.audited()


async def test_a_message_of_a_kind_about_one_thing_is_queued_once(team: ATeam) -> None:
    family = await a_family_with_email(team)

    assert [await queue(family, "one"), await queue(family, "one"), await queue(family, "two")] == [True, False, True]
    assert len(await stored(team)) == 2


async def test_a_message_of_a_command_that_is_refused_is_not_queued(team: ATeam) -> None:
    family = await a_family_with_email(team)
    command = QueueMessage(
        MessageKind.LETTER_READY, ToPerson(family.family_id, family.leonie), "letter", letter_words(PHONE)
    )

    with contextlib.suppress(ZeroDivisionError):
        async with team.begin(family.practitioner) as work:
            await queue_message(command, work)
            raise ZeroDivisionError

    assert await stored(team) == []


async def test_nobody_is_written_to_who_has_not_agreed(team: ATeam) -> None:
    family = await a_family(team)
    await has_email(family, family.leonie, "leonie@example.org")

    with pytest.raises(RuleBroken) as refusal:
        await queue(family)

    assert refusal.value.code == "message_consent"


async def test_nobody_is_written_to_who_took_the_consent_back(team: ATeam) -> None:
    family = await a_family(team)
    await has_email(family, family.leonie, "leonie@example.org")
    consent_id = await agrees(family, family.leonie)
    async with team.begin(family.practitioner) as work:
        await withdraw_consent(WithdrawConsent(family.family_id, consent_id, 1), work)

    with pytest.raises(RuleBroken) as refusal:
        await queue(family)

    assert refusal.value.code == "message_consent"


async def test_somebody_without_an_address_is_not_written_to(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await has_email(family, family.leonie, None)

    with pytest.raises(RuleBroken) as refusal:
        await queue(family)

    assert refusal.value.code == "message_address"


async def test_somebody_unsafe_to_contact_is_not_written_to(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await has_email(family, family.leonie, "leonie@example.org", contact_unsafe=True)

    with pytest.raises(RuleBroken) as refusal:
        await queue(family)

    assert refusal.value.code == "message_unsafe"


async def test_after_a_death_nothing_is_queued(team: ATeam) -> None:
    family = await a_family_with_email(team)
    async with team.begin(family.practitioner) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    with pytest.raises(RuleBroken) as refusal:
        await queue(family)

    assert refusal.value.code == "message_silence"


async def test_a_death_stops_what_waits_in_the_same_transaction_and_its_link_is_forgotten(team: ATeam) -> None:
    family = await a_family_with_email(team)
    await queue(family)

    async with team.begin(family.practitioner) as work:
        await record_death(RecordDeath(family.family_id, family.shannon, 1, TODAY), work)

    (message,) = await stored(team)
    assert (message.state, message.words.link) == (MessageState.STOPPED, "")


async def test_a_referrer_is_written_to_at_the_address_they_gave(team: ATeam) -> None:
    family = await a_family(team)
    words = referral_link_words(PHONE, LINK, NOW + timedelta(days=7))

    assert await queue(family, kind=MessageKind.REFERRAL_LINK, to=ToAddress("ola@example.org"), words=words)

    (message,) = await stored(team)
    assert (message.address, message.person_id, message.subject_id) == ("ola@example.org", None, None)


async def test_nobody_knows_somebody_who_is_not_on_record(team: ATeam) -> None:
    family = await a_family_with_email(team)

    with pytest.raises(NotFound):
        await queue(family, to=ToPerson(family.family_id, new_id()))
