"""Families who show what is needed seldom: a record that few may open, a hand-over, a loss, an interpreter, a pause.

They are invented. Days are counted back from the end of the history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.referral.demonstration.record_steps import (
    BabyNamed,
    DetailsKnown,
    HandOverPlanned,
    Paused,
    PregnancyLost,
    Restricted,
    Resumed,
)
from services.referral.demonstration.register import phone_of
from services.referral.demonstration.sessions import HOME, HUB
from services.referral.demonstration.steps import Consented, GoalChosen, PlanMade, PlannedStrand, SafetyAsked, Work
from services.referral.demonstration.story import Story
from services.referral.demonstration.telling import StoryTelling, Told, measured, understood
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.restriction import RestrictionReason
from services.referral.people.domain.safe_contact import (
    ContactWay,
    InterpreterNeed,
    SafeContact,
    TalkingNeed,
    WhenAnswered,
)
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.people.domain.support import Support
from services.referral.support.domain.ending import HandOverDetails
from services.referral.support.domain.plan import PreferenceMet
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import (
    ConsentScope,
    ContactKind,
    MeasureTimepoint,
    PauseReason,
    PregnancyOutcome,
)
from shared.contracts.vocabulary import FamilyAgreement, Level, ReferralReason, ReferralRoute, SourceGroup, Urgency


@dataclass(frozen=True)
class Referred:
    """Who, and by whom."""

    name: str
    phone: str
    reason: ReferralReason
    by: str
    source: SourceGroup
    organisation: str
    story: str

    def request(self, subject: Subject, postcode: str, other: Caregiver | NoOtherCaregiver) -> ReferralRequest:
        email = f"{self.by.lower().replace(' ', '.')}@example.org"
        return ReferralRequest(
            subject=subject,
            caregiver=Caregiver(self.name, Relationship.BIRTH_PARENT, self.phone),
            other_caregiver=other,
            referrer=Referrer(self.by, self.source, self.organisation, email, phone_of(self.by)),
            postcode=postcode,
            nhs_number=None,
            reasons=(self.reason,),
            story=self.story,
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.PUBLIC_FORM,
            contact=SafeContact(frozenset({ContactWay.CALL, ContactWay.TEXT}), WhenAnswered.SAY_NHS),
            talking=TalkingNeed(InterpreterNeed.NO),
        )


def other_stories(until: date) -> Iterator[Story]:
    """In the order in which they begin."""
    rex, june = (Baby(name, until - timedelta(days)) for name, days in (("Rex Example", 690), ("June Example", 300)))
    request = _TILDA.request(rex, "FY5 9ZZ", NoOtherCaregiver.NONE)
    yield Story("tilda-and-rex", 240, request, 2, Urgency.ROUTINE, _TARGETED, _hand_over, 3, (12, 8))
    request = _VERITY.request(june, "FY6 9ZZ", Caregiver("Grant Example", Relationship.FATHER))
    yield Story("verity-and-june", 130, request, 1, Urgency.ROUTINE, _TARGETED, _restricted, 1, (13, 9))
    dara = Baby("Dara Example", until - timedelta(160))
    request = _ROZHIN.request(dara, "FY7 9ZZ", Caregiver("Aram Example", Relationship.FATHER))
    request = replace(request, talking=TalkingNeed(InterpreterNeed.YES, "Kurdish"))
    yield Story("rozhin-and-dara", 95, request, 1, Urgency.ROUTINE, _TARGETED, _paused, 0, (14, 11))
    expected = Unborn(until - timedelta(90) + timedelta(98))
    request = _MAEVE.request(expected, "FY8 9ZZ", Caregiver("Conor Example", Relationship.FATHER))
    yield Story("maeve-and-her-son", 90, request, 1, Urgency.ROUTINE, _TARGETED, _loss, 2, (13, 13))


_TARGETED = Support(Level.TARGETED)

_TILDA = Referred(
    "Tilda Example",
    "07700 900108",
    ReferralReason.ATTUNEMENT,
    "Dawn Fielding",
    SourceGroup.FAMILY_HUB,
    "Blackpool family hub",
    "Tilda says that Rex and she are like two radios. He is always on the move; she calls him from the sofa and he "
    "does not come. Last week she got up and followed him, and he laughed out loud. She would like more of that.",
)
_VERITY = Referred(
    "Verity Example",
    "07700 900109",
    ReferralReason.PARENT_MENTAL_HEALTH,
    "Helen Crabtree",
    SourceGroup.HEALTH_VISITING,
    "Blackpool health visiting service",
    "Verity works at the hospital and half of the team knows her. She has been low since the autumn, and had not asked "
    "for help because of who might read it. June is a bright baby who watches her mother a great deal.",
)
_ROZHIN = Referred(
    "Rozhin Example",
    "07700 900110",
    ReferralReason.BONDING,
    "Ruth Bennett",
    SourceGroup.HEALTH_VISITING,
    "Blackpool health visiting service",
    "Rozhin came from Kurdistan last year and has nobody here who speaks her language but her husband, who works "
    "nights. She holds Dara close and looks away. With the interpreter she spoke for half an hour without stopping.",
)
_MAEVE = Referred(
    "Maeve Example",
    "07700 900111",
    ReferralReason.LOSS,
    "Angela Moss",
    SourceGroup.MATERNITY,
    "Blackpool community midwives",
    "Maeve is 26 weeks pregnant. She lost her first baby at twelve weeks and has told hardly anyone about this one. "
    "She comes to every appointment early and asks to hear the heartbeat twice.",
)


def _hand_over(telling: StoryTelling) -> Iterator[Told]:
    """The boy is nearly two, and someone else will go on."""
    yield from _begun(telling, "8 Turnstone Road", "To be found by him, and to find him")
    for days in range(36, telling.days - 4, 14):
        yield days, Work((telling.met(days, HUB),))
    for days in (84, 168):
        view, voice = (telling.write.a(kind, telling.on(days)) for kind in ("family_view", "voice"))
        yield days, telling.reviewed(days, view, voice)
    details = HandOverDetails(
        telling.until + timedelta(24),
        "Blackpool family hub, team for twos to fives",
        "Rex shows that he wants company by running away from it. Follow him slowly; he looks back.",
        "Tilda would like to meet them once with me, and to tell the beginning herself.",
    )
    yield telling.days - 6, Work((HandOverPlanned(details), telling.booked(3, HUB, hour=14)))


def _restricted(telling: StoryTelling) -> Iterator[Told]:
    """The family of someone whom the team knows."""
    note = "Verity works on the ward next door. She asked who can read it; now two of us can, and she has their names."
    yield 1, Work((Restricted(RestrictionReason.COLLEAGUE, note),), by_team_lead=True)
    yield from _begun(telling, "40 Sea Holly Avenue", "To look forward to mornings")
    for days in range(34, telling.days - 2, 11):
        yield days, Work((telling.met(days, HOME),))
    view, voice = (telling.write.a(kind, telling.on(82)) for kind in ("family_view", "voice"))
    yield 82, telling.reviewed(82, view, voice)
    yield telling.days - 2, Work((telling.booked(7, HOME, hour=13),))


def _paused(telling: StoryTelling) -> Iterator[Told]:
    """With an interpreter each time; they wait while the baby is in hospital."""
    yield from _begun(telling, "5 Cockle Street", "To sing to Dara in both languages")
    for days in (34, 45, 56):
        yield days, Work((telling.met(days, HOME),))
    stay = "Dara has bronchiolitis and Rozhin sleeps beside the cot. She asked to go on when they are home."
    yield 62, Work((Paused(PauseReason.IN_HOSPITAL, stay),))
    yield 72, Work((Resumed(),))
    yield 74, Work((telling.met(74, HOME),))
    view = "It helps to say it in her own words. She would like to meet other mothers who came here."
    yield 78, telling.reviewed(78, view, telling.write.a("voice", telling.on(78)))
    visit = "Aram's mother is here from Slemani for three weeks. The family asked to have that time to themselves."
    yield telling.days - 9, Work((Paused(PauseReason.FAMILY_ASKED, visit),))


def _loss(telling: StoryTelling) -> Iterator[Told]:
    """Her son is not born alive; nothing more is asked of her, and nobody leaves."""
    first = (
        "First meeting, in the garden of the hub. Maeve talked about the first baby, and in a whisper about this one. "
        "We listened for a kick together and there was one. She asked me not to say “everything will be fine”."
    )
    met = telling.met(14, HUB, ContactKind.ASSESSMENT, note=first)
    yield 14, Work((DetailsKnown("61 Teasel Street", "Promenade Surgery"), met, SafetyAsked()))
    for days in (25, 36):
        yield days, Work((telling.met(days, HOME),))
    died_on = telling.on(46) - timedelta(3)
    yield 46, Work((BabyNamed("Finn Example"), PregnancyLost(PregnancyOutcome.STILLBIRTH, died_on)))
    voice = "He was here. He knew one voice, and it sang to him."
    for days, note in (
        (
            50,
            (
                "Maeve and Conor at home, with the midwife. They call him Finn and showed me his footprints. "
                "I said his name when they did. We did not talk about what comes next, and I will ring on Friday."
            ),
        ),
        (
            64,
            (
                "We sat in the kitchen with the box on the table. Conor spoke for the first time about the drive home. "
                "They would like me to come until the spring. No letters and no forms go to the house; the GP knows."
            ),
        ),
    ):
        yield days, Work((telling.met(days, HOME, note=note, voice=voice),))
    view = "They would like someone to come who knew him."
    yield 79, telling.reviewed(79, view, voice)
    yield telling.days - 2, Work((telling.booked(6, HOME, hour=11),))


def _begun(telling: StoryTelling, street: str, goal: str) -> Iterator[Told]:
    """From the first meeting to the plan."""
    epds = {"EPDS": (3, 2, 2, 2, 3, 3, 3, 3, 3, 4)}
    met = telling.met(12, HOME, ContactKind.ASSESSMENT)
    known = DetailsKnown(street, "Promenade Surgery")
    yield 12, Work((known, met, SafetyAsked(), *measured(epds, MeasureTimepoint.START)))
    on = telling.on(20)
    parts = (telling.write.a(kind, on) for kind in ("presenting", "precipitating", "protective", "voice"))
    story, voice = (telling.write.a(kind, on) for kind in ("story", "voice"))
    yield 20, Work((telling.assessed(20, story, voice), understood(*parts)))
    plan = PlanMade(PreferenceMet.MET, (PlannedStrand(Intervention.STATES_AND_CUES, 8),))
    agreed = (GoalChosen(goal, 3), Consented(ConsentScope.SHARE_WITH_HEALTH_VISITOR), plan)
    yield 27, Work((*agreed, telling.met(27, HOME)))
