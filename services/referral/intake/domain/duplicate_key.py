"""What makes two families worth comparing: a number, a home or a phone that they share, or days that could be the same.

Names alone do not: comparing everyone with everyone by name finds more strangers than families.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.referral.intake.domain.duplicate import EARLIEST_BIRTH_DAYS, NEAR_DUE_DAYS, Description, dates_like

Key = tuple[str, str | date]
"""`nhs_number`, `born_on`, `due_on`, `postcode` or `phone`, and its value."""


def candidates(asked: Sequence[Description], known: Sequence[Description]) -> list[list[int]]:
    """For each that is asked about, the places of the known ones that could be the same family."""
    by_key: dict[Key, set[int]] = {}
    for place, one in enumerate(known):
        for key in _keys_of(one):
            by_key.setdefault(key, set()).add(place)
    return [sorted(set[int]().union(*(by_key.get(key, ()) for key in keys_like(one)))) for one in asked]


def keys_like(asked: Description) -> set[Key]:
    """Each that a family has which could be the same."""
    return {*_shared(asked), *_days_like(asked)}


def _keys_of(known: Description) -> set[Key]:
    days = {("born_on", baby.born_on) for baby in known.babies} | {("due_on", baby.due_on) for baby in known.babies}
    return {*_shared(known), *((name, day) for name, day in days if day)}


def _shared(one: Description) -> Iterator[Key]:
    yield from (("nhs_number", baby.nhs_number) for baby in one.babies if baby.nhs_number)
    yield from (("postcode", home) for home in one.postcodes)
    yield from (("phone", phone) for phone in one.phones)


def _days_like(asked: Description) -> Iterator[Key]:
    for baby in asked.babies:
        if baby.born_on:
            yield from (("born_on", day) for day in dates_like(baby.born_on))
            yield from (("due_on", day) for day in _around(baby.born_on, NEAR_DUE_DAYS, EARLIEST_BIRTH_DAYS))
        if baby.due_on:
            yield from (("due_on", day) for day in _around(baby.due_on, NEAR_DUE_DAYS, NEAR_DUE_DAYS))
            yield from (("born_on", day) for day in _around(baby.due_on, EARLIEST_BIRTH_DAYS, NEAR_DUE_DAYS))


def _around(day: date, before: int, after: int) -> Iterator[date]:
    return (day + timedelta(step) for step in range(-before, after + 1))
