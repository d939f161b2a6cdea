"""What is written about an invented family agrees with what is so in it."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product

import pytest

from services.referral.demonstration.facts import LOW_FROM, WELL_BELOW, Facts
from services.referral.demonstration.happening import Happening, Received
from services.referral.demonstration.history import history
from services.referral.demonstration.sentences import TEXTS, Sentences
from services.referral.demonstration.steps import (
    Assessed,
    BornAfterReferral,
    Ended,
    Measured,
    Met,
    Reviewed,
    RiskNoted,
    TasksAnswered,
    Work,
)
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.measures.domain.scoring import score
from services.referral.measures.packs.measures import MEASURES
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.support.domain.tier import TierMove
from shared.contracts.pathway_codes import Attendance, MeasureTimepoint, TaskKind
from shared.contracts.vocabulary import ReferralReason, TierMoveReason
from shared.kernel.clock import london_date

UNTIL = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
TODAY = UNTIL.date()
OF_THE_BORN = re.compile(r"\b(crawl|cot|feed|bottle|nappy|smil|looks? (up|round|back)|turns? away|cries|crying|mat)\b")
"""Of no baby in the womb, unless someone imagines it."""


@dataclass
class Told:
    """One family, with all that happened to it."""

    request: ReferralRequest
    journey: list[Happening]

    @property
    def birth(self) -> date | None:
        subject = self.request.subject
        if isinstance(subject, Baby):
            return subject.born_on
        return next((step.born_on for _, step in self.steps() if isinstance(step, BornAfterReferral)), None)

    def steps(self) -> Iterator[tuple[date, object]]:
        for one in self.journey:
            if isinstance(one.action, Work):
                for step in one.action.steps:
                    yield london_date(one.at), step

    def is_unborn(self, on: date) -> bool:
        return self.birth is None or on < self.birth


@cache
def families() -> list[Told]:
    found = defaultdict[str, list[Happening]](list)
    for one in history("blackpool", UNTIL):
        found[one.family].append(one)
    return [
        Told(journey[0].action.request, journey)
        for journey in found.values()
        if isinstance(journey[0].action, Received)
    ]


def notes() -> Iterator[tuple[Told, date, Met]]:
    for told in families():
        for on, step in told.steps():
            if isinstance(step, Met) and step.attendance is Attendance.ATTENDED:
                yield told, on, step


def written() -> Iterator[tuple[Told, date, str]]:
    """Every sentence of the history about a baby."""
    for told in families():
        yield told, london_date(told.journey[0].at), told.request.story
        for on, step in told.steps():
            match step:
                case Met():
                    yield told, on, step.note
                    yield told, on, step.infant_voice
                case Assessed():
                    yield from ((told, on, part) for part in (step.details.story, step.details.infant_voice))
                case Reviewed():
                    yield from ((told, on, part) for part in (step.infant_voice, step.decision, step.family_view))
                case Ended():
                    yield from ((told, on, part) for part in (step.details.what_changed, step.details.infant_voice))
                case _:
                    pass


def sentences_in(words: str) -> int:
    return len(re.findall(r"[.!?]”?(?=\s|$)", words))


def the_kinds(*names: str) -> list[str]:
    return [one for name in names for words in TEXTS[name].values() for one in words]


def test_there_are_sixty_different_notes_of_three_to_eight_sentences() -> None:
    different = {met.note for _, _, met in notes()}
    scenes = the_kinds("scene")

    assert len(scenes) >= 60
    assert len(different) > 200
    for note in different:
        assert 3 <= sentences_in(note) <= 9, note


def test_no_family_has_the_same_note_twice() -> None:
    for told in families():
        counted = Counter(
            step.note for _, step in told.steps() if isinstance(step, Met) and step.attendance is Attendance.ATTENDED
        )
        assert not counted or max(counted.values()) == 1, counted.most_common(1)


def test_there_are_many_referral_stories_and_questions_for_supervision() -> None:
    assert len(the_kinds("referral", "own_words")) >= 24
    assert len(the_kinds("supervision")) >= 10
    assert len({told.request.story for told in families()}) > 100


def test_nothing_is_said_of_a_baby_before_birth_that_only_a_born_one_does() -> None:
    unborn = [(told, words) for told, on, words in written() if told.is_unborn(on)]

    assert len(unborn) > 60
    for told, words in unborn:
        assert told.birth is None or not mentions_baby(told, words), words
    for when, words in all_texts():
        if "unborn" in when:
            assert "{baby}" not in words, words
            assert not OF_THE_BORN.search(words.replace("looked at the wall", "")) or "hospital" in words, words


def mentions_baby(told: Told, words: str) -> bool:
    name = next((step.name for _, step in told.steps() if isinstance(step, BornAfterReferral)), "").split(" ")[0]
    return bool(name) and re.search(rf"\b{name}\b", words) is not None


def all_texts() -> Iterator[tuple[frozenset[str], str]]:
    for table in TEXTS.values():
        for when, several in table.items():
            yield from ((when, words) for words in several)


def test_weeks_of_pregnancy_are_those_of_the_due_date() -> None:
    checked = 0
    for told in families():
        on = london_date(told.journey[0].at)
        weeks = re.search(r"(\d+) weeks", told.request.story)
        if isinstance(told.request.subject, Unborn) and weeks:
            checked += 1
            assert int(weeks[1]) == (280 - (told.request.subject.due_on - on).days) // 7
            assert "due soon" not in told.request.story
    assert checked > 10


def test_a_low_note_is_of_a_day_with_a_high_score_and_a_good_one_of_a_low_score() -> None:
    low, well = (set(TEXTS["opening"][frozenset({mood})]) for mood in ("low", "well"))
    checked = 0
    for told, on, met in notes():
        for total in totals_of(told, on):
            openings = {one for one in low | well if met.note.startswith(one.split("{")[0] or "\0")}
            assert not (openings & low and total < WELL_BELOW), (total, met.note)
            assert not (openings & well and total >= LOW_FROM), (total, met.note)
            checked += 1
    assert checked > 30


def totals_of(told: Told, on: date) -> Iterator[Decimal]:
    for day, step in told.steps():
        if isinstance(step, Measured) and step.code == "EPDS" and day == on:
            given = {str(number): answer for number, answer in enumerate(step.answers, start=1)}
            yield score(MEASURES["EPDS"], given).value("total") or Decimal(0)


def test_nobody_writes_that_less_is_needed_while_there_is_a_new_risk() -> None:
    for told in families():
        risks = [one.at for one in told.journey if is_move(one, TierMoveReason.NEW_RISK)]
        over = [one.at for one in told.journey if is_move(one, TierMoveReason.RISK_RESOLVED)]
        less = [one.at for one in told.journey if is_move(one, TierMoveReason.NEED_REDUCED)]
        for since in risks:
            ended = min((at for at in over if at > since), default=UNTIL)
            assert not [at for at in less if since <= at < ended]


def is_move(one: Happening, reason: TierMoveReason) -> bool:
    return isinstance(one.action, TierMove) and one.action.reason is reason


def test_a_new_risk_is_written_down_and_answered_on_the_same_day() -> None:
    noted = [(told, on) for told in families() for on, step in told.steps() if isinstance(step, RiskNoted)]

    assert noted
    for told, on in noted:
        answers = [day for day, step in told.steps() if is_answer(step, TaskKind.RISK_NOTE) and day >= on]
        assert min(answers, default=on) == on


def test_what_is_brought_to_supervision_is_answered_within_two_weeks() -> None:
    asked = 0
    for told in families():
        for on, step in told.steps():
            if isinstance(step, Met) and step.supervision and on < TODAY - timedelta(14):
                asked += 1
                answers = [day for day, answer in told.steps() if is_answer(answer, TaskKind.SUPERVISION) and day >= on]
                assert min(answers) - on <= timedelta(14)
    assert asked > 5


def is_answer(step: object, kind: TaskKind) -> bool:
    return isinstance(step, TasksAnswered) and step.kind is kind


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_there_is_something_to_write_whatever_is_true(kind: str) -> None:
    for facts, on in every_family():
        write = Sentences(random.Random(1), facts)
        if not can_be_asked(kind, facts, on):
            continue
        words = write.a(kind, on)
        assert "{" not in words
        assert not re.search(r"\b(they|them) (is|was|has|does|looks|wants)\b", words), words
        assert words[0].isupper() or words[0] in "“" or kind == "helping"


def every_family() -> Iterator[tuple[Facts, date]]:
    ages = (None, 20, 120, 250, 500)
    parents = (Relationship.BIRTH_PARENT, Relationship.FATHER, Relationship.FOSTER)
    for age, parent, other, mood in product(ages, parents, ("Sam", None), (4, 11, 20)):
        if age is None and parent is not Relationship.BIRTH_PARENT:
            continue
        for reason in ReferralReason:
            facts = Facts("Jo", parent, other, (reason.value,), moods=(mood, mood))
            facts = facts.born(Baby("Isla Sample", TODAY - timedelta(age))) if age else facts
            yield (facts if age else Facts("Jo", parent, other, (reason.value,), due_on=TODAY + timedelta(60))), TODAY


_UNBORN_REASONS = {"bonding", "parent_mental_health", "own_childhood", "loss"}
_OF_OTHER_CARERS = {"care_transition", "bonding", "attunement", "crying_sleep_feeding"}


def can_be_asked(kind: str, facts: Facts, on: date) -> bool:
    """Of a family as it can be referred."""
    [reason] = facts.reasons
    if kind == "feeding":
        return not facts.is_unborn(on)
    if kind != "referral":
        return True
    if facts.is_unborn(on):
        return reason in _UNBORN_REASONS
    if facts.parent_is is Relationship.FOSTER:
        return reason in _OF_OTHER_CARERS
    return reason != "dad_bonding" or facts.other is not None or facts.parent_is is Relationship.FATHER


def test_a_measure_at_the_start_is_of_the_first_day_of_the_work() -> None:
    for told in families():
        starts = [on for on, step in told.steps() if is_start(step)]
        met = [on for on, step in told.steps() if isinstance(step, Met)]
        assert not starts or not met or min(met) <= min(starts)


def is_start(step: object) -> bool:
    return isinstance(step, Measured) and step.timepoint is MeasureTimepoint.START
