"""Where a made-up family stands now: what has happened, what is booked, and what nobody has said yet."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.referral.demonstration.happening import Accepted, Happening, Journey
from services.referral.demonstration.sessions import booked_moment
from services.referral.demonstration.steps import Booked, Met, Work

_BOOKED_AHEAD = timedelta(14)
_BOOKS = 0.8
_JUST_PASSED = timedelta(4)
_UNRECORDED = 0.3
_AFTERWARDS = timedelta(minutes=5)
"""An appointment is made at the end of what came before it."""


def until_now(happenings: Sequence[Happening], until: datetime) -> Journey:
    """In the order of time, without what is in the future."""
    return sorted((one for one in happenings if one.at < until), key=lambda one: one.at)


def with_appointments(chance: random.Random, happenings: Sequence[Happening], until: datetime) -> Journey:
    """As `until_now`; the next session is mostly booked, and of some that just passed nobody has said what happened."""
    past = list(until_now(happenings, until))
    books, forgets = chance.random() < _BOOKS, chance.random() < _UNRECORDED
    if not any(isinstance(one.action, Accepted) for one in past):
        return past
    if forgets and past[-1].at >= until - _JUST_PASSED and _session(past[-1]) and len(past) > 3:
        past[-1] = _booked(past[-1], past[-2].at)
        return past
    ahead = [one for one in happenings if until <= one.at < until + _BOOKED_AHEAD and _session(one)]
    if ahead and books and past[-1].at + _AFTERWARDS < until:
        past.append(_booked(min(ahead, key=lambda one: one.at), past[-1].at))
    return past


def _booked(session: Happening, after: datetime) -> Happening:
    met = _session(session)
    if met is None:
        raise ValueError("this is no session")
    appointment = Booked(booked_moment(session.at), met.place, met.kind, needs_interpreter=met.interpreter is not None)
    return replace(session, at=after + _AFTERWARDS, action=Work((appointment,)))


def _session(happening: Happening) -> Met | None:
    if not isinstance(happening.action, Work):
        return None
    return next((step for step in happening.action.steps if isinstance(step, Met)), None)
