"""A year of consultations and supervision, put together by chance: the same each time for the same team and day."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from services.consultation.consultations.domain.consultation import Talk
from services.consultation.demonstration.happening import ConcernSettled, ConsultationHappening, Evaluated, Logged
from services.consultation.demonstration.meetings import meetings
from services.consultation.demonstration.organisations import ORGANISATIONS
from services.consultation.demonstration.supervision import supervision
from services.consultation.evaluations.domain.evaluation import Answers
from shared.contracts.consultation_codes import ConsultationKind, ConsultationMode, ConsultationOutcome, Topic
from shared.contracts.vocabulary import AgeBand
from shared.demonstration.moments import at_work
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import london_date

MONTHS = 12
_A_MONTH = 10.5
_TEXTS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("texts").joinpath("consultations.toml").read_text(encoding="utf-8")
)["consultation"]
_KINDS = {
    ConsultationKind.CASE_NAMED: ("case", 42),
    ConsultationKind.CASE_ANONYMOUS: ("case", 24),
    ConsultationKind.THEME: ("theme", 9),
    ConsultationKind.GROUP_CASE: ("group", 6),
    ConsultationKind.REFLECTIVE_PRACTICE: ("group", 7),
    ConsultationKind.ADVICE_LINE: ("theme", 3),
    ConsultationKind.NEONATAL_TEAM: ("group", 3),
    ConsultationKind.JOINT_VISIT: ("case", 3),
    ConsultationKind.NETWORK: ("group", 2),
    ConsultationKind.MENTORING: ("theme", 1),
    ConsultationKind.COACHING: ("theme", 1),
    ConsultationKind.HUB_CLINIC: ("theme", 1),
}


def history(team: str, until: datetime, *, months: int | None = None) -> list[ConsultationHappening]:
    """In the order of time, up to that moment."""
    chance = random.Random(f"consultations of {team}")  # noqa: S311 - nothing here is secret
    days = (months or MONTHS) * 30
    number = max(8, round(days / 30 * _A_MONTH))
    last = london_date(until)
    found: list[ConsultationHappening] = []
    for place in range(number):
        day = last - timedelta(days - round(days * (place + 1) / number))
        found += one_consultation(chance, day, until, is_last=place == number - 1)
    found += meetings(chance, until, days)
    found += supervision(team, until, days)
    return sorted((one for one in found if one.at <= until), key=lambda one: one.at)


def one_consultation(
    chance: random.Random, day: date, until: datetime, *, is_last: bool = False
) -> Iterator[ConsultationHappening]:
    """Someone asks, and what comes of it later."""
    at = min(at_work(chance, day), until)
    consultation_id = UUID(int=chance.getrandbits(128), version=4)
    logged = invented(chance, london_date(at))
    yield ConsultationHappening(at, consultation_id, logged)
    if logged.could_be_harmed:
        settled = ConcernSettled("Told children’s social care by telephone, and wrote to whoever asked.")
        yield ConsultationHappening(at + timedelta(hours=1), consultation_id, settled)
    if not is_last and chance.random() < 0.6:
        before = chance.randint(3, 7)
        said = Answers(chance.randint(7, 10), before, min(10, before + chance.randint(0, 4)))
        answered = at_work(chance, add_working_days(london_date(at), chance.randint(1, 6)))
        yield ConsultationHappening(answered, consultation_id, Evaluated(said if chance.random() < 0.65 else None))


def invented(chance: random.Random, day: date) -> Logged:
    """What was asked on that day."""
    [organisation] = chance.choices(range(len(ORGANISATIONS)), [one.weight for one in ORGANISATIONS])
    [kind] = chance.choices([*_KINDS], [weight for _, weight in _KINDS.values()])
    fits, _ = _KINDS[kind]
    text = chance.choice([one for one in _TEXTS if fits in one["kinds"]])
    outcome = _outcome(chance, fits)
    is_open = outcome is ConsultationOutcome.TALK_AGAIN
    return Logged(
        day,
        organisation,
        chance.choice(ORGANISATIONS[organisation].people),
        chance.randrange(4),
        kind,
        chance.choice([ConsultationMode.PHONE, ConsultationMode.PHONE, *ConsultationMode]),
        chance.choice([15, 20, 30, 30, 40, 45, 60]),
        chance.randint(3, 8) if fits == "group" else 1,
        chance.choice(list(AgeBand)[:5]) if kind is ConsultationKind.CASE_ANONYMOUS else None,
        _talk(text, outcome, add_working_days(day, chance.randint(4, 9)) if is_open else None),
        chance.randrange(10_000),
        could_be_harmed=fits == "case" and chance.random() < 0.04,
        is_referred=kind is ConsultationKind.CASE_ANONYMOUS and chance.random() < 0.03,
    )


def _outcome(chance: random.Random, fits: str) -> ConsultationOutcome:
    """A third of what was asked about a family goes on."""
    if fits != "case":
        return ConsultationOutcome.ADVICE
    return chance.choice(
        [
            ConsultationOutcome.ADVICE,
            ConsultationOutcome.ADVICE,
            ConsultationOutcome.TALK_AGAIN,
            ConsultationOutcome.JOINT_WORK,
            ConsultationOutcome.REFERRAL_INVITED,
            ConsultationOutcome.NO_FURTHER,
        ]
    )


def _talk(text: dict[str, Any], outcome: ConsultationOutcome, follow_up_on: date | None) -> Talk:
    said: Sequence[str] = text["topics"]
    return Talk(
        text["words"],
        frozenset(map(Topic, said)),
        text.get("they_will", ""),
        text.get("we_will", ""),
        outcome,
        follow_up_on,
    )
