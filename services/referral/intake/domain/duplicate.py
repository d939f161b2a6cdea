"""Whether two descriptions are of one family: how sure that is, and why, in words.

A family that a midwife and a health visitor refer is one family, and so is one that comes again with the next baby. The
weights are a proposal; nobody is joined or merged by them, since a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.name_words import may_be_same_name, plain_name, same_name, untitled

NEAR_DUE_DAYS = 21
EARLIEST_BIRTH_DAYS = 120
"""Before the due date: a baby of 23 weeks lives."""
LIKELY, POSSIBLE = 7, 5
NO_HOME = "ZZ99"
"""How postcodes of nobody's home begin (reference 3.2)."""
_NEARLY = 88
"""Of 100, by rapidfuzz; `Jon Sample` and `John Sample` have 95."""


class Certainty(Code):
    SAME = "same", "The same"
    LIKELY = "likely", "Likely the same"
    POSSIBLE = "possible", "Possibly the same"


@dataclass(frozen=True)
class KnownBaby:
    """A baby of either description."""

    name: str | None
    born_on: date | None
    due_on: date | None
    nhs_number: str | None
    id: UUID | None = None
    """On record; None in a referral."""


@dataclass(frozen=True)
class Description:
    """What is known of a family, on record or in a referral."""

    babies: Sequence[KnownBaby]
    carers: Sequence[str]
    """Names of parents and carers."""
    phones: frozenset[str]
    postcodes: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """How two descriptions agree."""

    certainty: Certainty
    reasons: Sequence[str]
    """What agrees or nearly does, as sentences, the strongest first."""
    baby_id: UUID | None
    """The baby on record who is the same, as far as can be seen; None: perhaps a brother or sister, or one of two."""
    may_be: Sequence[UUID]
    """The babies on record of whom somebody may say so: that one, else each who is nearly the same."""
    points: int


@dataclass(frozen=True)
class _Sign:
    """One thing that agrees."""

    points: int
    sentence: str


def compare(asked: Description, known: Description) -> Likeness | None:
    """How the asked family is like a known one; None when too little agrees."""
    pairs = [_compare_babies(one, other) for one, other in product(asked.babies, known.babies)]
    best = max(pairs, key=lambda pair: pair.rank, default=_BabyPair((), None, same_number=False))
    named = [_carer_sign(one, other) for one, other in product(asked.carers, known.carers)]
    shared = [max(named, key=lambda sign: sign.points, default=_NOTHING)]
    if asked.postcodes & known.postcodes:
        shared.append(_Sign(2, "The postcode is the same"))
    is_alike = any(sign.points > 0 for sign in [*best.signs, *shared])
    if is_alike and asked.phones & known.phones:
        # By itself a phone says nothing: a household, a hostel or a ward shares one, and numbers are given anew.
        shared.append(_Sign(5, "A phone number is the same"))
    signs = sorted([*best.signs, *shared], key=lambda sign: -sign.points)
    points = sum(sign.points for sign in signs)
    certainty = _certainty(points, same_number=best.same_number)
    reasons = [sign.sentence for sign in signs if sign.sentence]
    return None if certainty is None else Likeness(certainty, reasons, *_babies(best, pairs), points)


def _babies(best: "_BabyPair", pairs: Iterable["_BabyPair"]) -> tuple[UUID | None, list[UUID]]:
    """Who it is, where it could be no other, and who it may be."""
    first = {pair.baby_id for pair in pairs if pair.rank == best.rank}
    if best.is_same and best.baby_id and len(first) == 1:
        return best.baby_id, [best.baby_id]
    return None, list(dict.fromkeys(pair.baby_id for pair in pairs if pair.baby_id))


def homes(postcodes: Iterable[str | None]) -> frozenset[str]:
    """Those of somebody's home."""
    return frozenset(home for home in postcodes if home and not home.startswith(NO_HOME))


def near_name(one: str, other: str) -> bool:
    """Whether two names are nearly written alike, sound alike part by part, or may be one in two scripts."""
    if may_be_same_name(one, other):
        return True
    from rapidfuzz import fuzz  # noqa: PLC0415 - 3 MB, for which a process waits until someone is compared

    first, second = (plain_name(untitled(name)) for name in (one, other))
    if not first or not second:
        return False
    sounds = [sorted(sound(part) for part in name.split()) for name in (first, second)]
    return fuzz.token_sort_ratio(first, second) >= _NEARLY or sounds[0] == sounds[1]


def sound(name: str) -> str:
    """The Soundex key of one name in plain letters, as the United States census uses it: `robert` → `R163`.

    A name in another script is its own key.
    """
    if not (name.isascii() and name.isalpha()):
        return name
    codes = [_SOUNDS.get(letter, "") for letter in name if letter not in "hw"]
    kept = [code for place, code in enumerate(codes) if code and (place == 0 or code != codes[place - 1])]
    rest = kept[1:] if codes and codes[0] else kept
    return (name[:1].upper() + "".join(rest) + "000")[:4]


def dates_like(day: date) -> frozenset[date]:
    """The date, those a day off, and the one with day and month changed for one another."""
    near = {day, day - timedelta(1), day + timedelta(1)}
    swapped = _swapped(day)
    return frozenset(near | {swapped} if swapped else near)


_SOUNDS = {
    letter: str(number)
    for number, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
    for letter in letters
}


@dataclass(frozen=True)
class _BabyPair:
    signs: Sequence[_Sign]
    baby_id: UUID | None
    """Who may be the same; None: a brother or sister."""
    same_number: bool
    is_same: bool = False
    """So it seems; not where the names are only nearly so."""

    @property
    def points(self) -> int:
        return sum(sign.points for sign in self.signs)

    @property
    def rank(self) -> tuple[int, bool]:
        return self.points, self.is_same


def _compare_babies(asked: KnownBaby, known: KnownBaby) -> _BabyPair:
    day = _day_sign(asked, known)
    if asked.nhs_number and asked.nhs_number == known.nhs_number:
        signs = [_Sign(100, "The NHS number is the same"), _name_sign(asked, known), day]
        return _BabyPair(signs, known.id, same_number=True, is_same=True)
    if asked.nhs_number and known.nhs_number:
        # A twin, a brother or a sister: the family may be the same, the baby is not.
        return _BabyPair([day, _Sign(-1, "The NHS numbers differ")], None, same_number=False)
    name = _name_sign(asked, known)
    unnamed = asked.name is None or known.name is None
    may_be = day.points > 0 and (name.points > 0 or unnamed)
    is_same = may_be and (unnamed or name == _SAME_NAME)
    return _BabyPair([name, day], known.id if may_be else None, same_number=False, is_same=is_same)


def _name_sign(asked: KnownBaby, known: KnownBaby) -> _Sign:
    if asked.name and known.name and same_name(asked.name, known.name):
        return _SAME_NAME
    if asked.name and known.name and near_name(asked.name, known.name):
        return _Sign(3, "The baby's name is nearly the same")
    return _NOTHING


def _carer_sign(asked: str, known: str) -> _Sign:
    if same_name(asked, known):
        return _Sign(3, "A parent or carer's name is the same")
    if near_name(asked, known):
        return _Sign(2, "A parent or carer's name is nearly the same")
    return _NOTHING


def _day_sign(asked: KnownBaby, known: KnownBaby) -> _Sign:
    if asked.born_on and known.born_on:
        return _birth_sign(asked.born_on, known.born_on)
    if asked.due_on and known.due_on:
        return _due_sign(asked.due_on, known.due_on)
    born_on, due_on = asked.born_on or known.born_on, asked.due_on or known.due_on
    if born_on and due_on and -NEAR_DUE_DAYS <= (due_on - born_on).days <= EARLIEST_BIRTH_DAYS:
        return _Sign(2, "One baby was born when the other was due")
    return _NOTHING


def _birth_sign(asked: date, known: date) -> _Sign:
    if asked == known:
        return _Sign(4, "The date of birth is the same")
    if asked == _swapped(known):
        return _Sign(3, "The dates of birth have day and month changed for one another")
    if abs(asked - known) == timedelta(1):
        return _Sign(3, "The dates of birth are one day apart")
    return _NOTHING


def _due_sign(asked: date, known: date) -> _Sign:
    if asked == known:
        return _Sign(4, "The due date is the same")
    if abs(asked - known) <= timedelta(NEAR_DUE_DAYS):
        return _Sign(2, "The due dates are within three weeks of one another")
    return _NOTHING


def _certainty(points: int, *, same_number: bool) -> Certainty | None:
    if same_number:
        return Certainty.SAME
    if points >= LIKELY:
        return Certainty.LIKELY
    return Certainty.POSSIBLE if points >= POSSIBLE else None


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


_NOTHING: _Sign = _Sign(0, "")
_SAME_NAME: _Sign = _Sign(4, "The baby's name is the same")
