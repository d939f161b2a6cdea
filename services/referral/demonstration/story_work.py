"""What the team did with the families of the stories, day by day after they were accepted."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from services.referral.demonstration.sessions import HOME, HUB, NEONATAL_UNIT
from services.referral.demonstration.steps import (
    Assessed,
    Booked,
    BornAfterReferral,
    Consented,
    Ended,
    GoalChosen,
    GoalSeen,
    LookedAfter,
    Measured,
    MeetingVenue,
    Met,
    PlanMade,
    PlannedStrand,
    Reviewed,
    SafetyAsked,
    Step,
    TwinKnown,
    Understood,
    Work,
)
from services.referral.demonstration.support import Turn
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from services.referral.people.domain.support import Support
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.ending import DischargeDetails
from services.referral.support.domain.formulation import Formulation
from services.referral.support.domain.plan import PreferenceMet
from shared.contracts.intervention import Element, Intervention
from shared.contracts.pathway_codes import (
    Attendance,
    ConsentScope,
    ContactKind,
    EpisodeEnding,
    MeasureTimepoint,
    MissingMeasure,
)
from shared.contracts.vocabulary import Level
from shared.kernel.calendar import add_working_days, is_working_day, london_start

Told = tuple[int, Work | Turn]
"""Days after the family was accepted, and what was done."""
StoryWork = Callable[[date], Iterator[Told]]
"""Given the day on which the family was accepted."""

_LOW = {"EPDS": (3, 3, 2, 3, 2, 2, 2, 2, 2, 4), "GAD7": (2,) * 7, "KPCS": (2,) * 15}
"""EPDS 18, GAD-7 14, KPCS 30."""
_WELL = {"EPDS": (2, 2, 3, 2, 3, 3, 3, 4, 4, 4), "GAD7": (1, 1, 1, 0, 0, 0, 0), "KPCS": (3,) * 15}
"""EPDS 7, GAD-7 3, KPCS 45."""


def leonie_and_shannon(accepted_on: date) -> Iterator[Told]:
    """From the neonatal unit to a discharge with a clinically significant change."""
    met = _met(
        NEONATAL_UNIT, "We sat beside the cot. She told her story; we did not hurry.", _LOOKS, ContactKind.ASSESSMENT
    )
    yield 8, Work((met, SafetyAsked(), *_measured(_LOW, MeasureTimepoint.START)))
    story = "A frightening birth, and fear that Shannon would die."
    formulation = _understood(
        "Being on the unit was too much to bear.",
        "The birth, and the nights after it.",
        "She sings; Dan comes every evening.",
        "I know your voice, and I look for it.",
    )
    yield 15, Work((_assessed(accepted_on + timedelta(15), story, _LOOKS), formulation))
    strands = (
        PlannedStrand(Intervention.RELATIONSHIP_WORK, 12),
        PlannedStrand(Intervention.CO_REGULATION, 8, for_baby=False),
    )
    yield 22, Work((GoalChosen("To feel that I am her mum", 1), PlanMade(PreferenceMet.MET, strands)))
    for week in range(20):
        note = "We named the moment together." if week % 2 else "She held Shannon skin to skin, and hummed."
        yield 29 + 9 * week, Work((_met(HOME if week > 2 else NEONATAL_UNIT, note, _REACHES, other=week % 5 == 0),))
    laughs = "Shannon laughs when Leonie comes in."
    yield 84, _reviewed(accepted_on, 84, "Leonie feels that something has shifted.", laughs)
    yield 168, _reviewed(accepted_on, 168, "The nights are better, and so are the mornings.", _REACHES)
    yield 218, Turn("step_down", 0, Support(Level.TARGETED))
    for days in (232, 253, 274):
        yield days, Work((_met(HUB, "They come to the hub by themselves now.", _REACHES),))
    steps: tuple[Step, ...] = (
        _met(HOME, "A last visit. We looked at the first film again.", _COMES_BACK),
        GoalSeen(0, 8),
    )
    yield 295, Work((*steps, *_measured(_WELL, MeasureTimepoint.END), Consented(ConsentScope.QUOTE_IN_PUBLIC)))
    yield 302, Work((Ended(_leonies_discharge(accepted_on + timedelta(302))),), by_team_lead=True)


def olivia(until: date, accepted_on: date) -> Iterator[Told]:
    """Three appointments missed after the birth; nobody discharges her, and a task asks to think about it."""
    note = "With her midwife, whom she trusts. She stayed ten minutes, and smiled at the end."
    yield 13, Work((_met(HUB, note, _KICKS, ContactKind.ENGAGEMENT), SafetyAsked()))
    for days, note in ((34, "She brought the scan picture."), (55, "We walked along the sea and talked.")):
        yield days, Work((_met(HUB, note, _KICKS, ContactKind.ENGAGEMENT),))
    yield 60, Turn("step_up", 0, Support(Level.SPECIALIST))
    now = (until - accepted_on).days
    met = _met(HUB, "She asked whether a baby can hear. We sang to find out.", _KICKS, ContactKind.ASSESSMENT)
    yield now - 62, Work((met, _assessed_on(accepted_on, now - 62)))
    plan = PlanMade(PreferenceMet.MET, (PlannedStrand(Intervention.ENGAGEMENT, 6),))
    yield now - 48, Work((plan, _met(HUB, "She chose where we meet and who comes.", _KICKS)))
    yield now - 34, Work((_met(HUB, "Everything is packed. She is afraid of the ward.", _KICKS),))
    yield now - 21, Work((BornAfterReferral("Robin Example", until - timedelta(24)),))
    for days, note in (
        (13, "Rang: no answer. Sent a card."),
        (8, "Sent a message by the midwife."),
        (4, "At the door: nobody. A note: no harm done."),
    ):
        yield now - days, Work((Met(HOME, attendance=Attendance.WAS_NOT_BROUGHT, note=note),))
    yield now - 3, Work((_booked(until, 4, HUB),))


def danny_and_theo(until: date, accepted_on: date) -> Iterator[Told]:
    """A dad alone with his baby."""
    epds = {"EPDS": (3, 2, 2, 2, 3, 3, 3, 3, 3, 4), "KPCS": (2,) * 12 + (1, 1, 1)}
    met = _met(
        HOME,
        "He showed the photographs first, and then the nursery.",
        "Theo looks at the door, and then at Danny.",
        ContactKind.ASSESSMENT,
    )
    yield 12, Work((met, SafetyAsked(), *_measured(epds, MeasureTimepoint.START)))
    about = "It is just the two of them since Theo's mother died."
    formulation = _understood(
        "Grief sits at the table. Each looks for her in the other.",
        "Her death.",
        "He asked for help by himself.",
        "I look for her, and I find you.",
    )
    yield 19, Work((_assessed(accepted_on + timedelta(19), about, "Theo rests on his dad's chest."), formulation))
    strands = (
        PlannedStrand(Intervention.WATCH_WAIT_AND_WONDER, 8),
        PlannedStrand(Intervention.DADS_PEER_SUPPORT, 6, for_baby=False),
    )
    goal = GoalChosen("To be the one he looks for", 2)
    for days in range(26, (until - accepted_on).days - 1, 9):
        voice = "Theo calls, and waits for the answer."
        first: tuple[Step, ...] = (goal, PlanMade(PreferenceMet.MET, strands)) if days == 26 else ()
        yield days, Work((*first, _met(HOME, "He lay on the floor and waited. Theo came to him.", voice)))
    yield (until - accepted_on).days - 1, Work((_booked(until, 5, HOME),))


def alma_and_bruno(until: date, accepted_on: date) -> Iterator[Told]:
    """Twins of whom one is in care: the record holds both, and each has a place in the work."""
    born_on = until - timedelta(240)
    status = StatusDetails(
        CareStatus.INTERIM_CARE_ORDER,
        accepted_on - timedelta(20),
        "Blackpool Council",
        "With foster carers",
        "Ines Sample, 07700 900107",
        "Blackpool Council and Kezia, together",
    )
    twin = Work((TwinKnown("Bruno Example", born_on), LookedAfter(status)))
    yield 1, twin
    low = {"EPDS": (2, 3, 2, 3, 2, 2, 2, 2, 3, 4), "KPCS": (2,) * 14 + (1,)}
    met = _met(
        HOME,
        "Two cots, one of them empty. We talked about both.",
        "Alma turns to the empty cot when it is quiet.",
        ContactKind.ASSESSMENT,
    )
    yield 16, Work((met, SafetyAsked(), *_measured(low, MeasureTimepoint.START)))
    formulation = _understood(
        "To be near to one is to be far from the other.",
        "The operation, and the move that came after it.",
        "She never missed a visit to Bruno.",
        "We are two, and I know it.",
    )
    yield (
        23,
        Work(
            (
                _assessed(accepted_on + timedelta(23), "Bruno is with foster carers.", "Alma settles in Kezia's arms."),
                formulation,
            )
        ),
    )
    goal = GoalChosen("To be a mum to both of them", 3)
    plan = PlanMade(PreferenceMet.PARTLY, (PlannedStrand(Intervention.PARENT_INFANT_PSYCHOTHERAPY, 16),))
    for days in range(30, (until - accepted_on).days - 1, 14):
        voice = "Alma laughs when she sees Bruno, and he reaches for her."
        first: tuple[Step, ...] = (goal, plan) if days == 30 else ()
        yield days, Work((*first, _met(HUB, "At the hub, with both babies and the foster carer.", voice)))
    yield 82, _reviewed(accepted_on, 82, "It helps to be asked about both.", "Bruno watches his sister.")
    yield 164, _reviewed(accepted_on, 164, "The visits end with less pain.", "They look for each other.")
    yield (until - accepted_on).days - 1, Work((_booked(until, 6, HUB),))


_LOOKS = "Shannon looks for her mother's voice, and looks away when it stops."
_REACHES = "Shannon reached for her mother's face."
_COMES_BACK = "Shannon goes out to look at the world, and comes back to her mother."
_KICKS = "The baby kicked against her hand and she answered."


def _met(
    where: MeetingVenue, note: str, voice: str, kind: ContactKind = ContactKind.SESSION, *, other: bool = False
) -> Met:
    elements = frozenset({Element.STORY if kind is not ContactKind.SESSION else Element.MOMENTS_OF_ATTUNEMENT})
    return Met(where, kind, Attendance.ATTENDED, 60, note, voice, elements, with_other_carer=other)


def _measured(answers: dict[str, tuple[int, ...]], timepoint: MeasureTimepoint) -> tuple[Step, ...]:
    return tuple(Measured(code, timepoint, given) for code, given in answers.items())


def _assessed(on: date, story: str, voice: str, missing: MissingMeasure | None = None) -> Assessed:
    words = ("Honest, and quick to notice.", "To feel safe enough to be present.", "", "Asked and talked about; none.")
    return Assessed(AssessmentDetails(on, story, *words, voice, missing))


def _assessed_on(accepted_on: date, days: int) -> Assessed:
    """Olivia's; a form was too much for her then."""
    story = "Looked after since she was nine. She has been let down by people with forms."
    return _assessed(accepted_on + timedelta(days), story, _KICKS, MissingMeasure.DISTRESS)


def _understood(presenting: str, precipitating: str, protective: str, voice: str) -> Understood:
    perpetuating = "Being alone with it."
    return Understood(
        Formulation(presenting, "Earlier losses.", precipitating, perpetuating, protective, voice, is_shared=True)
    )


def _reviewed(accepted_on: date, days: int, view: str, voice: str) -> Work:
    next_on = accepted_on + timedelta(days + 84)
    return Work((Reviewed(voice, view, "We go on with what was agreed.", next_on),))


def _booked(until: date, working_days: int, where: MeetingVenue) -> Booked:
    return Booked(london_start(add_working_days(until, working_days)) + timedelta(hours=10), where)


def _leonies_discharge(on: date) -> DischargeDetails:
    return DischargeDetails(
        on if is_working_day(on) else add_working_days(on, 1),
        EpisodeEnding.COMPLETED,
        what_changed="Leonie understands what Shannon tells her, and answers it.",
        infant_voice=_COMES_BACK,
        onward="The health visitor goes on. The family hub is open every weekday.",
        quote="I now feel like I am Shannon's mum.",
    )
