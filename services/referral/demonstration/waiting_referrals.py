"""How referrals come, and those on which nobody has decided yet.

Some wait too long, one told of danger and was answered, and two are of families that the team knows.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from services.referral.demonstration.families import InventedFamilies
from services.referral.demonstration.happening import Accepted, DangerAnswered, Happening, Journey, Received
from services.referral.demonstration.register import phone_of
from services.referral.demonstration.triage import danger_answered_at
from services.referral.demonstration.words import STAFF
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Referrer, Relationship
from services.referral.people.domain.subject import Baby, Unborn
from shared.contracts.vocabulary import ReferralReason, SourceGroup
from shared.demonstration.moments import at_work
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import london_date

_LEFT_WAITING = (2, 6, 8, 9)
"""Working days for which some referrals have waited at the end, so that triage has something over its target."""
_DANGER_DAYS, _KNOWN_DAYS = 1, 1
_OLD_ENOUGH = timedelta(240)
"""Of a baby whose mother expects the next one."""
_DUE_IN = timedelta(133)


def received_from(team: str, name: str, request: ReferralRequest, at: datetime) -> Iterator[Happening]:
    """The referral, and a call within the hour when it tells of danger."""
    yield Happening(at, name, Received(_key(team, name), request))
    if request.in_danger:
        yield Happening(danger_answered_at(at), name, DangerAnswered())


def waiting_referrals(
    team: str, families: InventedFamilies, before: Sequence[Journey], until: datetime
) -> Iterator[Journey]:
    """Each with what happened to it until then.

    Args:
        before: what has happened to all families that the team knows.
    """
    today = london_date(until)
    for working_days in _LEFT_WAITING:
        day = _working_days_before(today, working_days)
        yield from _waiting(team, f"waiting {working_days}", families.request(day, in_danger=False), day, until)
    day = _working_days_before(today, _DANGER_DAYS)
    yield from _waiting(team, "danger", families.request(day, in_danger=True), day, until)
    day = _working_days_before(today, _KNOWN_DAYS)
    for name, request in _known_again(families, before, day):
        yield from _waiting(team, name, request, day, until)


def _waiting(team: str, name: str, request: ReferralRequest, day: date, until: datetime) -> Iterator[Journey]:
    at = at_work(random.Random(f"{team} {name}"), day)  # noqa: S311 - it is to be predictable
    journey = [one for one in received_from(team, name, request, at) if one.at < until]
    if journey:
        yield journey


def _known_again(
    families: InventedFamilies, before: Sequence[Journey], day: date
) -> Iterator[tuple[str, ReferralRequest]]:
    """A health visitor refers a baby whom a colleague has referred, and a midwife a mother who expects the next one."""
    known = list(_with_work(before))
    same = next((one for one in known if one.referrer.source_group is not SourceGroup.HEALTH_VISITING), None)
    if same:
        referrer = _professional(STAFF[0], SourceGroup.HEALTH_VISITING, "health visiting service")
        request = replace(same, referrer=referrer)
        yield "known baby", replace(request, story=families.story(request, day))
    mother = next((one for one in known if one is not same and _may_expect(one, day)), None)
    if mother:
        request = replace(
            mother,
            subject=Unborn(day + _DUE_IN),
            nhs_number=None,
            reasons=(ReferralReason.PARENT_MENTAL_HEALTH,),
            referrer=_professional(STAFF[1], SourceGroup.MATERNITY, "community midwives"),
        )
        yield "next baby", replace(request, story=families.story(request, day))


def _with_work(before: Sequence[Journey]) -> Iterator[ReferralRequest]:
    """The latest first."""
    for journey in sorted(before, key=lambda one: one[0].at, reverse=True):
        received = journey[0].action
        is_accepted = any(isinstance(one.action, Accepted) for one in journey)
        if is_accepted and isinstance(received, Received) and isinstance(received.request.subject, Baby):
            yield received.request


def _may_expect(request: ReferralRequest, day: date) -> bool:
    is_mother = request.caregiver.relationship is Relationship.BIRTH_PARENT
    return is_mother and isinstance(request.subject, Baby) and request.subject.born_on < day - _OLD_ENOUGH


def _professional(name: str, source: SourceGroup, organisation: str) -> Referrer:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return Referrer(name, source, organisation.capitalize(), email, phone_of(name))


def _working_days_before(today: date, count: int) -> date:
    day = today
    while add_working_days(day, count) > today:
        day -= timedelta(1)
    return day


def _key(team: str, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"pairs:demonstration:{team}:{name}")
