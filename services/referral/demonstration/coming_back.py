"""A family of whom something was entered wrongly and put right, whose short work ended, and who came back.

They are invented. Days are counted from the day on which they were accepted.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from services.referral.demonstration.happening import (
    Accepted,
    AskedForMore,
    Closed,
    Decision,
    Happening,
    Reopened,
    Supplied,
)
from services.referral.demonstration.other_stories import Referred
from services.referral.demonstration.record_steps import AssessmentPutRight, DetailsKnown, SessionPutRight, WorkGoesOn
from services.referral.demonstration.sessions import HOME, HUB
from services.referral.demonstration.steps import (
    Ended,
    GoalChosen,
    GoalSeen,
    PlanMade,
    PlannedStrand,
    SafetyAsked,
    Work,
)
from services.referral.demonstration.story import Story
from services.referral.demonstration.telling import StoryTelling, measured, understood
from services.referral.demonstration.waiting_referrals import received_from
from services.referral.people.domain.people import NoOtherCaregiver
from services.referral.people.domain.subject import Baby
from services.referral.people.domain.support import Support
from services.referral.support.domain.ending import DischargeDetails
from services.referral.support.domain.plan import PreferenceMet
from services.referral.support.domain.tier import Opening
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import ContactKind, EpisodeEnding, MeasureTimepoint, MissingMeasure
from shared.contracts.vocabulary import DeclineReason, Level, ReferralReason, SourceGroup, TriageOutcome, Urgency
from shared.demonstration.moments import at_work
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import london_date

_DAYS_AGO = 88
_REFERRED = Referred(
    "Nell Example",
    "07700 900113",
    ReferralReason.CRYING_SLEEP_FEEDING,
    "Dawn Fielding",
    SourceGroup.FAMILY_HUB,
    "Blackpool family hub",
    "Kit cries from five until nine and Nell walks up and down with him. She says that he stops for the kettle and for "
    "his gran, and not for her. When she sang at the group he looked at her the whole time.",
)


def coming_back(team: str, chance: random.Random, until: date) -> Iterator[Happening]:
    """From the referral to the next one."""
    first = at_work(chance, until - timedelta(_DAYS_AGO))
    request = _REFERRED.request(Baby("Kit Example", until - timedelta(170)), "FY9 9ZZ", NoOtherCaregiver.NONE)
    yield from received_from(team, _NAME, request, first)
    yield _on(chance, london_date(first), 1, AskedForMore("How old Kit is, and a number on which Nell can be called."))
    yield _on(chance, london_date(first), 2, Supplied("He is nearly three months. Nell's own number, mornings."))
    accepted_on = add_working_days(london_date(first), 3)
    yield Happening(at_work(chance, accepted_on), _NAME, _accepted(accepted_on))
    support = Support(Level.TARGETED)
    story = Story(_NAME, _DAYS_AGO, request, 3, Urgency.ROUTINE, support, _short_work, 0, (18, 7), days=_ENDED)
    for days, what in _short_work(story.telling(accepted_on, until, chance)):
        yield Happening(at_work(chance, accepted_on + timedelta(days)), _NAME, what)
    again = add_working_days(accepted_on + timedelta(_ENDED), 5)
    for one in received_from(team, f"{_NAME}, again", request, at_work(chance, again)):
        yield replace(one, family=_NAME)
    told = "The hub goes on with sleep. They may ask again."
    yield _on(chance, again, 1, Closed(TriageOutcome.ADVICE_ONLY, DeclineReason.NEEDS_MET_ELSEWHERE, told))
    yield _on(chance, again, 2, Reopened("The hub rang: the evenings are as they were, and Nell asks for us."))
    yield _on(chance, again, 3, _accepted(add_working_days(again, 3)))


_NAME = "nell-and-kit"
_ENDED = 57


def _on(chance: random.Random, day: date, working_days: int, action: Decision) -> Happening:
    return Happening(at_work(chance, add_working_days(day, working_days)), _NAME, action)


def _accepted(on: date) -> Accepted:
    return Accepted(Urgency.ROUTINE, Opening(Support(Level.TARGETED), on + timedelta(84)), 0)


def _short_work(telling: StoryTelling) -> Iterator[tuple[int, Work]]:
    met = telling.met(7, HOME, ContactKind.ASSESSMENT)
    yield 7, Work((DetailsKnown("12 Thrift Close", "Promenade Surgery"), met, SafetyAsked()))
    yield 8, Work((SessionPutRight(minutes=45, days_earlier=1),))
    on = telling.on(10)
    parts = (telling.write.a(kind, on) for kind in ("presenting", "precipitating", "protective", "voice"))
    story, voice = (telling.write.a(kind, on) for kind in ("story", "voice"))
    yield 10, Work((telling.assessed(10, story, voice, MissingMeasure.FORGOTTEN), understood(*parts)))
    yield 13, Work((*measured(_LOW, MeasureTimepoint.START), AssessmentPutRight()))
    plan = PlanMade(PreferenceMet.MET, (PlannedStrand(Intervention.STATES_AND_CUES, 4),))
    yield 16, Work((GoalChosen("To know what stops him crying", 3), plan, telling.met(16, HUB)))
    for days in (23, 30, 37):
        yield days, Work((telling.met(days, HUB),))
    yield 38, Work((*measured(_LITTLE_CHANGED, MeasureTimepoint.REVIEW), GoalSeen(0, 5)))
    yield 50, Work((*measured(_WELL, MeasureTimepoint.END), GoalSeen(0, 8)))
    ended = Ended(_discharge(telling.on(52)))
    yield 52, Work((ended,), by_team_lead=True)
    yield 54, Work((WorkGoesOn("Entered with the wrong family. Nell comes once more."),), by_team_lead=True)
    yield 56, Work((telling.met(56, HUB),))
    yield _ENDED, Work((Ended(_discharge(telling.on(_ENDED))),), by_team_lead=True)


_LOW: dict[str, tuple[int, ...]] = {"EPDS": (3, 3, 2, 3, 2, 2, 2, 2, 2, 4)}
_LITTLE_CHANGED: dict[str, tuple[int, ...]] = {"EPDS": (3, 3, 2, 3, 2, 2, 2, 3, 3, 4)}
_WELL: dict[str, tuple[int, ...]] = {"EPDS": (2, 2, 3, 2, 3, 3, 3, 4, 4, 4)}
"""Totals of 18, 16 and 7."""


def _discharge(on: date) -> DischargeDetails:
    return DischargeDetails(
        on,
        EpisodeEnding.COMPLETED,
        what_changed="Nell knows three things that stop him crying, and one of them is her voice.",
        infant_voice="Kit looks for her first, and then at the kettle.",
        onward="The family hub goes on, on Tuesdays.",
    )
