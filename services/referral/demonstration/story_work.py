"""What the team did with the families of the stories, day by day after they were accepted."""

from collections.abc import Iterator
from datetime import date, timedelta

from services.referral.demonstration.record_steps import (
    ConsentWithdrawn,
    DetailsKnown,
    FlagAdded,
    FlagReviewed,
    LetterWritten,
)
from services.referral.demonstration.sessions import HOME, HUB, NEONATAL_UNIT
from services.referral.demonstration.steps import (
    BornAfterReferral,
    Consented,
    Ended,
    GoalChosen,
    GoalSeen,
    LookedAfter,
    Met,
    PlanMade,
    PlannedStrand,
    SafetyAsked,
    Step,
    TwinKnown,
    Work,
)
from services.referral.demonstration.support import Turn
from services.referral.demonstration.telling import StoryTelling, Told, measured, understood
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from services.referral.people.domain.safety_flag import FlagKind
from services.referral.people.domain.support import Support
from services.referral.support.domain.ending import DischargeDetails
from services.referral.support.domain.plan import PreferenceMet
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    ConsentScope,
    ContactKind,
    EpisodeEnding,
    MeasureTimepoint,
    MissingMeasure,
)
from shared.contracts.vocabulary import Level

_LOW = {"EPDS": (3, 3, 2, 3, 2, 2, 2, 2, 2, 4), "GAD7": (2,) * 7, "KPCS": (2,) * 15}
"""EPDS 18, GAD-7 14, KPCS 30."""
_WELL = {"EPDS": (2, 2, 3, 2, 3, 3, 3, 4, 4, 4), "GAD7": (1, 1, 1, 0, 0, 0, 0), "KPCS": (3,) * 15}
"""EPDS 7, GAD-7 3, KPCS 45."""


def leonie_and_shannon(telling: StoryTelling) -> Iterator[Told]:
    """From the neonatal unit to a discharge with a clinically significant change."""
    first = (
        "We sat beside the cot. She told her story from the beginning, and we did not hurry. "
        "When the monitor went, both of us looked at Shannon first. She would like me to come "
        "back on a day without rounds."
    )
    met = telling.met(8, NEONATAL_UNIT, ContactKind.ASSESSMENT, note=first, voice=_LOOKS)
    known = DetailsKnown("14 Samphire Walk", "Promenade Surgery")
    yield 1, Work((known, LetterWritten(LetterKind.FAMILY_ACCEPTED, "We will talk about this when we meet.")))
    yield 8, Work((met, SafetyAsked(), *measured(_LOW, MeasureTimepoint.START)))
    story = (
        "A frightening birth at 29 weeks, and fear that Shannon would die. A stranger told her about it in a corridor."
    )
    formulation = understood(
        "Being on the unit was too much to bear.",
        "The birth, and the nights after it.",
        "She sings; Dan comes every evening.",
        "I know your voice, and I look for it.",
    )
    yield 15, Work((telling.assessed(15, story, _LOOKS), formulation))
    strands = (
        PlannedStrand(Intervention.RELATIONSHIP_WORK, 12),
        PlannedStrand(Intervention.CO_REGULATION, 8, for_baby=False),
    )
    agreed = (GoalChosen("To feel that I am her mum", 1), PlanMade(PreferenceMet.MET, strands))
    yield 22, Work((*agreed, Consented(ConsentScope.SHARE_WITH_GP), Consented(ConsentScope.SHARE_WITH_HEALTH_VISITOR)))
    for week in range(20):
        yield 29 + 9 * week, Work((telling.met(29 + 9 * week, HOME if week > 2 else NEONATAL_UNIT),))
    laughs = "Shannon laughs when Leonie comes in."
    yield 84, telling.reviewed(84, "Leonie feels that something has shifted.", laughs)
    yield 168, telling.reviewed(168, "The nights are better, and so are the mornings.", laughs)
    yield 218, Turn("step_down", 0, Support(Level.TARGETED))
    for days in (232, 253, 274):
        yield days, Work((telling.met(days, HUB),))
    last = (
        "A last visit. We looked at the first film again and saw how far apart they sat then. "
        "Leonie said goodbye for both of them, and Shannon waved without being asked. They know the way back."
    )
    steps: tuple[Step, ...] = (telling.met(295, HOME, note=last, voice=_COMES_BACK), GoalSeen(0, 8))
    yield 295, Work((*steps, *measured(_WELL, MeasureTimepoint.END), Consented(ConsentScope.QUOTE_IN_PUBLIC)))
    yield 302, Work((Ended(_leonies_discharge(telling.on(302))),), by_team_lead=True)
    letters = (LetterKind.FAMILY_DISCHARGED, LetterKind.PROFESSIONAL_DISCHARGED)
    yield 303, Work(tuple(LetterWritten(kind, "Please ask us.") for kind in letters), by_team_lead=True)


def olivia(telling: StoryTelling) -> Iterator[Told]:
    """Three appointments missed after the birth; nobody discharges her, and a task asks to think about it."""
    first = (
        "With her midwife, whom she trusts. She stayed ten minutes, and smiled at the end. "
        "We spoke about buses and about nothing else, and that was right. She took my number."
    )
    engaged = ContactKind.ENGAGEMENT
    yield 13, Work((telling.met(13, HUB, engaged, note=first), SafetyAsked()))
    for days in (34, 55):
        yield days, Work((telling.met(days, HUB, engaged),))
    yield 60, Turn("step_up", 0, Support(Level.SPECIALIST))
    now = telling.days
    view = "She comes when she can choose the place. She would like fewer people to know."
    yield 81, telling.reviewed(81, view, _KICKS)
    story = "Looked after since she was nine. She has been let down by people with forms."
    assessed = telling.assessed(now - 62, story, _KICKS, MissingMeasure.DISTRESS)
    yield now - 62, Work((telling.met(now - 62, HUB, ContactKind.ASSESSMENT), assessed))
    plan = PlanMade(PreferenceMet.MET, (PlannedStrand(Intervention.ENGAGEMENT, 6),))
    yield now - 48, Work((plan, telling.met(now - 48, HUB)))
    packed = (
        "Everything is packed, the charger twice. She is afraid of the ward and of being looked at. "
        "We wrote three sentences for the midwives, and she chose who reads them out."
    )
    yield now - 34, Work((telling.met(now - 34, HUB, note=packed),))
    yield now - 21, Work((BornAfterReferral("Robin Example", telling.until - timedelta(24)),))
    for days, note in (
        (13, "Rang: no answer. Sent a card with a robin on it."),
        (8, "Nobody at home. The midwife saw her on Monday and will say that I called."),
        (4, "At the door: nobody. A note: no harm done, and the same time on Thursday if she likes."),
    ):
        yield now - days, Work((Met(HOME, attendance=Attendance.WAS_NOT_BROUGHT, note=note),))
    yield now - 3, Work((LetterWritten(LetterKind.FAMILY_MISSED), telling.booked(4, HUB)))


def danny_and_theo(telling: StoryTelling) -> Iterator[Told]:
    """A dad alone with his baby."""
    epds = {"EPDS": (3, 2, 2, 2, 3, 3, 3, 3, 3, 4), "KPCS": (2,) * 12 + (1, 1, 1)}
    first = (
        "He showed the photographs first, and then the nursery. He knows every bottle by the clock. "
        "Theo watched the door the whole time. Danny saw that I saw it, and said: that is why I rang."
    )
    voice = "Theo looks at the door, and then at Danny."
    met = telling.met(12, HOME, ContactKind.ASSESSMENT, note=first, voice=voice)
    known = DetailsKnown("3 Lapwing Row", "Promenade Surgery")
    yield 1, Work((known, LetterWritten(LetterKind.FAMILY_ACCEPTED, "We will talk about this when we meet.")))
    yield 12, Work((met, SafetyAsked(), *measured(epds, MeasureTimepoint.START)))
    about = (
        "It is just the two of them since Theo's mother died, nine days after the birth. Nobody asks Danny how he is."
    )
    formulation = understood(
        "Grief sits at the table. Each looks for her in the other.",
        "Her death.",
        "He asked for help by himself.",
        "I look for her, and I find you.",
    )
    yield 19, Work((telling.assessed(19, about, "Theo rests on his dad's chest."), formulation))
    strands = (
        PlannedStrand(Intervention.WATCH_WAIT_AND_WONDER, 8),
        PlannedStrand(Intervention.DADS_PEER_SUPPORT, 6, for_baby=False),
    )
    goal = GoalChosen("To be the one he looks for", 2)
    for days in range(26, telling.days - 1, 9):
        agreed: tuple[Step, ...] = (goal, PlanMade(PreferenceMet.MET, strands)) if days == 26 else ()
        yield days, Work((*agreed, telling.met(days, HOME)))
    draft = LetterWritten(LetterKind.PROFESSIONAL_FORMULATION)
    yield telling.days - 1, Work((telling.booked(5, HOME), draft))


def alma_and_bruno(telling: StoryTelling) -> Iterator[Told]:
    """Twins of whom one is in care, and a father whom nobody may call: the record holds both, and says so."""
    status = StatusDetails(
        CareStatus.INTERIM_CARE_ORDER,
        telling.accepted_on - timedelta(20),
        "Blackpool Council",
        "With foster carers",
        "Ines Sample, 07700 900107",
        "Blackpool Council and Kezia, together",
    )
    twin = TwinKnown("Bruno Example", telling.until - timedelta(240))
    flag = FlagAdded(
        FlagKind.NO_VOICEMAIL,
        "Ines Sample, social worker, by phone",
        "He listens to her voicemail. Text first, and only “please ring the hub”.",
        telling.on(60),
    )
    yield 1, Work((twin, LookedAfter(status), DetailsKnown("27 Marram Road", "Promenade Surgery"), flag))
    low = {"EPDS": (2, 3, 2, 3, 2, 2, 2, 2, 3, 4), "KPCS": (2,) * 14 + (1,)}
    first = (
        "Two cots, one of them empty. We talked about both, and about who sleeps where. "
        "Kezia folded his blanket while she spoke. She wants to be asked about Bruno every time, and she will be."
    )
    voice = "Alma turns to the empty cot when it is quiet."
    met = telling.met(16, HOME, ContactKind.ASSESSMENT, note=first, voice=voice)
    yield 16, Work((met, *measured(low, MeasureTimepoint.START)))
    formulation = understood(
        "To be near to one is to be far from the other.",
        "The operation, and the move that came after it.",
        "She never missed a visit to Bruno.",
        "We are two, and I know it.",
    )
    about = "Bruno is with foster carers, and the date on which he comes home has moved twice."
    yield 23, Work((telling.assessed(23, about, "Alma settles in Kezia's arms."), formulation))
    goal = GoalChosen("To be a mum to both of them", 3)
    plan = PlanMade(PreferenceMet.PARTLY, (PlannedStrand(Intervention.PARENT_INFANT_PSYCHOTHERAPY, 16),))
    filmed = (Consented(ConsentScope.FILMING), Consented(ConsentScope.SHARE_WITH_SOCIAL_CARE))
    for days in range(30, telling.days - 1, 14):
        agreed: tuple[Step, ...] = (goal, *filmed, plan) if days == 30 else ()
        yield days, Work((*agreed, telling.met(days, HUB)))
    yield 59, Work((FlagReviewed("Still so. He has moved nearer, and Kezia has a new number.", telling.on(300)),))
    yield 82, telling.reviewed(82, "It helps to be asked about both.", "Bruno watches his sister.")
    yield 101, Work((ConsentWithdrawn(ConsentScope.FILMING),))
    yield 164, telling.reviewed(164, "The visits end with less pain.", "They look for each other.")
    yield telling.days - 1, Work((telling.booked(6, HUB),))


_LOOKS = "Shannon looks for her mother's voice, and looks away when it stops."
_COMES_BACK = "Shannon goes out to look at the world, and comes back to her mother."
_KICKS = "The baby kicked against her hand and she answered."


def _leonies_discharge(on: date) -> DischargeDetails:
    return DischargeDetails(
        on,
        EpisodeEnding.COMPLETED,
        what_changed="Leonie understands what Shannon tells her, and answers it.",
        infant_voice=_COMES_BACK,
        onward="The health visitor goes on. The family hub is open every weekday.",
        quote="I now feel like I am Shannon's mum.",
    )
