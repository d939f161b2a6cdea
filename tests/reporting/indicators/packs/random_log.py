"""What teams could tell the region: every event of the region, at random, in any order of months, with corrections."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, get_args, get_origin

import annotated_types

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import RegionCorrection, RegionEvent
from shared.contracts.restart import EpochStarted

MONTHS = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(17)]
LAST = MONTHS[-1]
FACTS = [
    cls
    for cls in CATALOGUE.classes
    if issubclass(cls, RegionEvent) and not issubclass(cls, RegionCorrection) and cls is not EpochStarted
]
CORRECTIONS = {
    cls.fact(): cls for cls in CATALOGUE.classes if issubclass(cls, RegionCorrection) and cls is not RegionCorrection
}


@dataclass(frozen=True)
class Told:
    """An entry of a team's stream."""

    position: int
    subject: int
    event: RegionEvent


_CHOICES: dict[type[Any], list[Any]] = {date: MONTHS, bool: [False, True], str: ["burnley"]}


class RandomLog:
    """One team's entries."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.entries: list[Told] = []

    def tell(self, number: int) -> list[Told]:
        """So many entries more."""
        for _ in range(number):
            self.entries.append(Told(len(self.entries) + 1, self._random.randrange(3), self._event()))
        return self.entries[-number:]

    def take_back(self, position: int) -> None:
        """What came from there on never happened."""
        del self.entries[position - 1 :]

    def choose(self, number: int) -> list[int]:
        """Places of entries."""
        return sorted(self._random.sample(range(len(self.entries)), number))

    def _event(self) -> RegionEvent:
        holding = self._holding()
        if holding and self._random.random() < 0.25:
            was = self._random.choice(holding)
            instead = self._new(type(was)) if self._random.random() < 0.6 else None
            if instead != was:
                return CORRECTIONS[type(was)].model_validate({"was": was, "instead": instead})
        return self._new(self._random.choice(FACTS))

    def _holding(self) -> list[RegionEvent]:
        """What was told, can be corrected, and was not."""
        told: list[RegionEvent] = []
        for entry in self.entries:
            if isinstance(entry.event, RegionCorrection):
                correction: Any = entry.event
                told.remove(correction.was)
                told += [correction.instead] if correction.instead else []
            elif type(entry.event) in CORRECTIONS:
                told.append(entry.event)
        return told

    def _new(self, cls: type[RegionEvent]) -> RegionEvent:
        return cls.model_validate(
            {name: self._value(field.annotation, field.metadata) for name, field in cls.model_fields.items()}
        )

    def _value(self, annotation: Any, metadata: Sequence[Any]) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(arguments[0], [*metadata, *_flat(arguments[1:])])
        if origin is tuple:
            return (self._value(arguments[0], ()),)
        if type(None) in arguments:
            return None if self._random.random() < 0.2 else self._value(arguments[0], metadata)
        if annotation is int:
            return self._number(metadata)
        return self._random.choice(_CHOICES[annotation] if annotation in _CHOICES else list(annotation)[:10])

    def _number(self, metadata: Sequence[Any]) -> int:
        rules = list(_flat(metadata))
        low = next(int(str(rule.ge)) for rule in rules if isinstance(rule, annotated_types.Ge))
        high = next(int(str(rule.le)) for rule in rules if isinstance(rule, annotated_types.Le))
        step = next((int(str(rule.multiple_of)) for rule in rules if isinstance(rule, annotated_types.MultipleOf)), 1)
        return self._random.randrange(max(low, -20), min(high, 150) + 1, step) // step * step


def _flat(metadata: Sequence[Any]) -> Iterator[Any]:
    for item in metadata:
        yield from getattr(item, "metadata", (item,))


def facts_of(entries: Sequence[Told]) -> list[tuple[Told, int]]:
    """Each fact that the entries make, and 1, or -1 where it was none."""
    facts: list[tuple[Told, int]] = []
    for entry in entries:
        if isinstance(entry.event, RegionCorrection):
            correction: Any = entry.event
            facts.append((replace(entry, event=correction.was), -1))
            facts += [(replace(entry, event=correction.instead), 1)] if correction.instead else []
        else:
            facts.append((entry, 1))
    return facts
