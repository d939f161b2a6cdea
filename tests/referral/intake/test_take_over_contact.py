from dataclasses import replace

from services.referral.database.family_tables import access_need, consent, family_preference
from services.referral.intake.commands.take_over_contact import TakeOverContact, take_over_contact
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.access_need import Language
from services.referral.people.domain.people import Caregiver, Referrer, Relationship
from services.referral.people.domain.safe_contact import (
    ContactWay,
    InterpreterNeed,
    SafeContact,
    TalkingNeed,
    TalkTime,
    WhenAnswered,
)
from shared.contracts.vocabulary import Role, SourceGroup
from tests.referral.a_team import ATeam
from tests.referral.builders import a_request, an_actor

CONTACT = SafeContact(frozenset({ContactWay.TEXT, ContactWay.CALL}), WhenAnswered.HANG_UP)
IN_WORDS = "Text message or phone call is safe. No voicemail. If someone else answers: say nothing and hang up."
TALKING = TalkingNeed(InterpreterNeed.YES, "polish", frozenset({TalkTime.MORNINGS}), "Big letters")
ASKED = a_request(contact=CONTACT, talking=TALKING)


async def rows(team: ATeam, table: object) -> list[object]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(table.select()))  # type: ignore[attr-defined]


async def takes_over(team: ATeam, first: ReferralRequest, *later: ReferralRequest) -> None:
    accepted = await team.accepts(request=vars(first))
    for request in later:
        async with team.begin(an_actor(Role.PRACTITIONER)) as work:
            await take_over_contact(TakeOverContact(accepted.family_id, request), work)


async def test_safe_contact_interpreter_and_times_are_in_the_familys_record_when_they_are_accepted(
    team: ATeam,
) -> None:
    await takes_over(team, ASKED)

    (need,), (wish,) = await rows(team, access_need), await rows(team, family_preference)
    assert (need.contact_method, need.interpreter_language, need.adjustments) == (  # type: ignore[attr-defined]
        IN_WORDS,
        Language.POLISH,
        "Big letters",
    )
    assert wish.times == "Mornings"  # type: ignore[attr-defined]


async def test_a_language_that_is_not_on_the_list_is_kept_by_its_name(team: ATeam) -> None:
    await takes_over(team, replace(ASKED, talking=TalkingNeed(InterpreterNeed.YES, "Sylheti")))

    (need,) = await rows(team, access_need)
    assert (need.interpreter_language, need.interpreter_dialect) == (  # type: ignore[attr-defined]
        Language.OTHER,
        "Sylheti",
    )


async def test_what_nobody_asked_changes_nothing_that_is_on_record(team: ATeam) -> None:
    await takes_over(team, ASKED, a_request(), replace(ASKED, talking=None, contact=SafeContact(frozenset())))

    (need,) = await rows(team, access_need)
    assert need.contact_method == "No phone is safe. Do not call or text."  # type: ignore[attr-defined]
    assert need.interpreter_language == Language.POLISH  # type: ignore[attr-defined]


async def test_what_a_dad_says_is_not_his_fathers_whose_name_may_be_the_same_in_another_script(team: ATeam) -> None:
    grandfather = replace(a_request(), caregiver=Caregiver("حسين علي", Relationship.KINSHIP, "07700 900555"))
    dad = Caregiver("Hassan Ali", Relationship.FATHER, "07700 900666")
    named = replace(ASKED, caregiver=dad, referrer=Referrer(dad.name, SourceGroup.SELF), subject=grandfather.subject)
    accepted = await team.accepts(request=vars(grandfather))
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        await take_over_contact(TakeOverContact(accepted.family_id, named), work)

    assert await rows(team, consent) == await rows(team, access_need) == []


async def test_only_what_somebody_says_of_themselves_is_their_consent(team: ATeam) -> None:
    own = replace(ASKED, referrer=Referrer("Leonie Example", SourceGroup.SELF, email="leonie@example.org"))
    await takes_over(team, ASKED, own, own)

    scopes = sorted(one.scope for one in await rows(team, consent))  # type: ignore[attr-defined]
    assert scopes == ["contact_by_email", "contact_by_text"]
