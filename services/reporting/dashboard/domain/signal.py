"""What needs a word: figures whose last finished month is more than chance, the worse ones first."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.reporting.variation.domain.variation import PointClass, Variation

_ORDER = (PointClass.WORSE, PointClass.CHANGED, PointClass.BETTER)


@dataclass(frozen=True)
class Signal:
    """One figure of one team, or of the region, that stands out."""

    said: Variation

    @property
    def kind(self) -> PointClass:
        return self.said.latest.kind if self.said.latest else PointClass.NOT_JUDGED

    @property
    def is_new(self) -> bool:
        """Nothing stood out in the finished point before."""
        finished = [one for one in self.said.points if one.point.is_finished]
        return len(finished) < 2 or finished[-2].kind is not self.kind


def signals(several: Iterable[Variation]) -> list[Signal]:
    """Worse before changed before better, teams before the region, what is new before what goes on."""
    found = [Signal(said) for said in several if said.indicator.alerts]
    standing = [one for one in found if one.kind in _ORDER]
    return sorted(
        standing,
        key=lambda one: (
            _ORDER.index(one.kind),
            not one.said.series.team,
            not one.is_new,
            one.said.series.team,
            one.said.indicator.line,
        ),
    )
