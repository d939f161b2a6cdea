"""Which measures a family is due: those that nobody asked yet, and those whose last answer is four weeks old.

Help never waits for a measure, so what is due is only offered first. Four weeks are our proposal.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_pair import Taken

ASKED_AGAIN_AFTER = timedelta(days=28)
_MOST_ITEMS, _MOST_ANSWERS = 16, 5
"""That stand beside a note and can be read."""


@dataclass(frozen=True)
class DueMeasure:
    definition: MeasureDefinition
    last: Taken | None
    """In this work; None: never asked."""
    is_due: bool

    @property
    def fits_beside_note(self) -> bool:
        """Its answers can be ticked in a small grid, without questions about the form that was used."""
        one = self.definition
        return (
            one.is_grid
            and not (one.variants and one.variants.required)
            and not one.has_texts
            and len(one.items) <= _MOST_ITEMS
            and all(item.highest - item.lowest < _MOST_ANSWERS and not item.not_applicable for item in one.items)
        )


def measures_due(
    definitions: Iterable[MeasureDefinition], taken: Sequence[Taken], skipped: Set[str], today: date
) -> list[DueMeasure]:
    """What is due first: what was never asked, then what was asked long ago; each in the order of the definitions.

    Args:
        definitions: the usual ones of the team, and those that were begun.
        taken: what was answered in this work.
        skipped: codes of those that someone said why they were not completed.
    """
    lasts = [(one, _last(one.code, taken)) for one in definitions]
    every = [DueMeasure(one, last, _is_due(one.code, last, skipped, today)) for one, last in lasts]
    return sorted(every, key=lambda one: (not one.is_due, one.last is not None))


def _is_due(code: str, last: Taken | None, skipped: Set[str], today: date) -> bool:
    return code not in skipped if last is None else today - last.on >= ASKED_AGAIN_AFTER


def _last(code: str, taken: Iterable[Taken]) -> Taken | None:
    return max((one for one in taken if one.series.code == code), key=lambda one: one.on, default=None)
