"""Numbers that someone left instead of a whole referral: two were called, and one came in just now."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from services.referral.demonstration.happening import Happening, Journey, NumberAnswered, NumberLeft
from services.referral.intake.domain.callback import LeftNumber
from services.referral.people.domain.safe_contact import ContactWay, SafeContact, WhenAnswered
from shared.contracts.vocabulary import SourceGroup
from shared.demonstration.moments import at_work
from shared.kernel.clock import london_date

_LEFT = (
    (
        19,
        SourceGroup.SELF,
        "She would like to think about it for a week. I told her who we are, and she saved the number.",
    ),
    (6, SourceGroup.HEALTH_VISITING, "Talked about feeds for half an hour. She refers the family herself tomorrow."),
    (0, None, ""),
)
"""Days ago, who they said they are, and what came of it."""
_FIRST_NUMBER = 120
"""Mobile numbers of theirs are 07700 900 120 and on."""


def left_numbers(team: str, until: datetime) -> Iterator[Journey]:
    """Each with the answer, if there was one by then."""
    for number, (days, source, answer) in enumerate(_LEFT):
        name = f"number {number}"
        chance, key = random.Random(f"{team} {name}"), uuid5(NAMESPACE_URL, f"pairs:demonstration:{team}:{name}")  # noqa: S311
        at = at_work(chance, london_date(until) - timedelta(days)) if answer else until - timedelta(minutes=25)
        contact = SafeContact(frozenset({ContactWay.CALL}), WhenAnswered.HANG_UP)
        left = LeftNumber(f"07700 900{_FIRST_NUMBER + number:03d}", contact, source, in_danger=False)
        made = [Happening(at, name, NumberLeft(key, left))]
        if answer:
            made.append(Happening(at + timedelta(minutes=chance.randint(30, 240)), name, NumberAnswered(key, answer)))
        yield [one for one in made if one.at < until]
