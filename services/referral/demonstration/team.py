"""The invented practitioners, how many families each can carry, and the trainings that each of them holds."""

from datetime import date

from services.referral.contents import SERVICE
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS, RECORD_CONTACT
from services.referral.support.domain.intervention import Course, HeldTraining
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.intervention import Intervention

PRACTITIONERS = tuple(person for person in SERVICE.people if CAPABILITIES.holds(person.roles, RECORD_CONTACT))
"""All who work with families, the team lead among them."""

TEAM_LEAD = next(person for person in SERVICE.people if CAPABILITIES.holds(person.roles, LEAD_RECORDS))

SHARES = {number: 1 if person is TEAM_LEAD else 4 - number // 3 for number, person in enumerate(PRACTITIONERS)}
"""How often each of them comes to lead the work with a family: the team lead seldom."""

CAPACITIES = {number: 3 * share for number, share in SHARES.items()}
"""How many families each of them can carry at the same time: one who leads the team, few."""

_COURSES = (
    (Course.VIG, Course.NBO, Course.COS_P),
    (Course.EMDR, Course.CFT, Course.VIG),
    (Course.NBO, Course.BABY_MASSAGE, Course.VIG),
    (Course.WWW, Course.BEHAV_ACT, Course.COS_P),
    (Course.NBAS, Course.NBO, Course.WWW),
)
"""Of each practitioner, in their order."""

_YEARS_BEFORE = 2


def trainings(number: int, history_begins: date) -> list[HeldTraining]:
    """Of the practitioner in that place, one course a year until some time before the history begins."""
    return [
        HeldTraining(course, date(history_begins.year - _YEARS_BEFORE - place, 3 + number, 10))
        for place, course in enumerate(_COURSES[number])
    ]


def may_give(number: int, intervention: Intervention) -> bool:
    """Whether the practitioner in that place holds the training that it asks for."""
    course = INTERVENTIONS[intervention].course
    return course is None or course in _COURSES[number]
