"""What families meet: sessions, where, with whom. Source: reference 7.1, lines 23 to 28 and 33."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Term, monthly
from services.reporting.indicators.packs.waiting import CASELOAD
from services.reporting.indicators.packs.work_with_families import OPEN_FAMILIES
from shared.contracts.contact import RegionalContactCorrected, RegionalContactRecorded
from shared.contracts.reckoning import RegionalCaseloadReckoned

CONTACTS = Term(table="contact_recorded", parts={"tier": "tier"})
ATTENDED = CONTACTS.having("attendance = 'attended'")
MISSED = CONTACTS.having("attendance IN ('did_not_attend', 'was_not_brought')")
VENUES = replace(ATTENDED, parts={"venue": "venue"})

_CONTACTS = (RegionalContactRecorded.type, RegionalContactCorrected.type)
_RECKONED = (RegionalCaseloadReckoned.type,)
_HELD = "Month of the session or visit"
_LAST_DAY = "Last day of the month, as the team reckons it when the month is over"

CONTACTS_ATTENDED = Indicator(
    number=23,
    name="Contacts",
    priority=2,
    shape=Shape.COUNT,
    direction=Direction.NEITHER,
    numerator="Sessions and visits that took place",
    counts=monthly(ATTENDED),
    time=_HELD,
    sources=_CONTACTS,
    why="Time with families is what a team is for.",
)

CONTACTS_PER_FAMILY = Indicator(
    number=123,
    name="Contacts for each open family",
    priority=2,
    shape=Shape.MEAN,
    direction=Direction.NEITHER,
    numerator="Sessions and visits that took place",
    denominator="Families with whom the team worked at the end of the month",
    counts=monthly(replace(ATTENDED, parts={})),
    among=monthly(OPEN_FAMILIES),
    time=_HELD,
    sources=(*_CONTACTS, *_RECKONED),
    why="Fewer visits for each family is how a full team looks before anyone says so.",
)

MISSED_CONTACTS = Indicator(
    number=24,
    name="Not attended or not brought",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.LESS,
    numerator="Appointments that an adult did not attend, or to which a baby was not brought",
    denominator="Those and the attended ones; cancelled ones are left out",
    counts=monthly(MISSED),
    among=monthly(ATTENDED, MISSED),
    time=_HELD,
    sources=_CONTACTS,
    why="A baby cannot come by itself; who stays away may need another place, time or person.",
)

VENUE_MIX = Indicator(
    number=25,
    name="Where families are met",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.NEITHER,
    numerator="Attended contacts at one kind of place",
    denominator="All attended contacts",
    counts=monthly(VENUES),
    among=monthly(ATTENDED),
    is_mix=True,
    time=_HELD,
    sources=_CONTACTS,
    why="Families say that where they are met decides whether they come.",
)

NON_CLINICAL_VENUES = Indicator(
    number=125,
    name="Met outside clinics",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Attended contacts at home, in a family hub or elsewhere in the community",
    denominator="All attended contacts",
    counts=monthly(ATTENDED.having("venue IN ('home', 'family_hub', 'community')")),
    among=monthly(ATTENDED),
    time=_HELD,
    sources=_CONTACTS,
    why="Families prefer a place that is not clinical, and come back to it.",
)

CONTINUITY = Indicator(
    number=26,
    name="With the same practitioner",
    priority=2,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Attended contacts that the practitioner held who leads the work",
    denominator="All attended contacts",
    counts=monthly(ATTENDED.having("is_with_lead")),
    among=monthly(ATTENDED),
    time=_HELD,
    sources=_CONTACTS,
    why="Trust is with a person; each change asks a parent to begin again.",
)

DADS_MET = Indicator(
    number=27,
    name="Dads and partners who took part",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Open families whose dad or partner came to a contact at least once",
    denominator="Open families with a dad or partner whom it is safe to contact",
    counts=monthly(replace(CASELOAD, value="dads_met")),
    among=monthly(replace(CASELOAD, value="with_dad")),
    time=_LAST_DAY,
    sources=_RECKONED,
    why="A baby has a relationship with each parent, and most teams meet one.",
)

DADS_INVITED = Indicator(
    number=28,
    name="Dads and partners who were invited",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Open families whose dad or partner was invited",
    denominator="Open families with a dad or partner whom it is safe to contact",
    counts=monthly(replace(CASELOAD, value="dads_invited")),
    among=monthly(replace(CASELOAD, value="with_dad")),
    time=_LAST_DAY,
    sources=_RECKONED,
    why="Dads say that nobody ever asks; this is whether someone did.",
)

INTERPRETER_BOOKED = Indicator(
    number=33,
    name="Interpreter booked where one is needed",
    priority=1,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Appointments for which a professional interpreter was booked",
    denominator="Appointments with a family who needs one",
    counts=monthly(replace(CONTACTS.having("has_interpreter"), parts={})),
    among=monthly(replace(CONTACTS.having("has_interpreter IS NOT NULL"), parts={})),
    time=_HELD,
    sources=_CONTACTS,
    why="Nobody can speak of their baby through a child or a neighbour.",
)

CONTACTS_WITH_FAMILIES = (
    CONTACTS_ATTENDED,
    CONTACTS_PER_FAMILY,
    MISSED_CONTACTS,
    VENUE_MIX,
    NON_CLINICAL_VENUES,
    CONTINUITY,
    DADS_MET,
    DADS_INVITED,
    INTERPRETER_BOOKED,
)
