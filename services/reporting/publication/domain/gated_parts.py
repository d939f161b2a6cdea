"""Parts of an indicator, such as tiers: told of the region only, and of a financial year, or of a month's end.

Their sum is known, because the region's months are told; so the parts of one way are protected by each other. Ways do
not tell of each other where the sum of both is known. A way of which everything would be hidden is not told at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from services.reporting.publication.domain.counted import Counted
from services.reporting.publication.domain.gate import PointKey
from services.reporting.publication.domain.hiding import Branch, hide
from services.reporting.publication.domain.published_point import PublishedPoint, WhyHidden
from services.reporting.publication.domain.telling import Aspect, Telling


@dataclass(frozen=True, kw_only=True)
class GatedParts:
    """The parts of one way, in one period.

    Args:
        figures: by part.
        is_mix: each part is a share of all.
        is_finished: whether the period has ended; of a year that goes on they are told so far.
        hidden: parts that another audience does not see.
        before: what was published already.
    """

    telling: Telling
    key: PointKey
    figures: Mapping[str, Counted]
    is_mix: bool = False
    is_finished: bool
    hidden: frozenset[str] = frozenset()
    before: Mapping[str, PublishedPoint] = field(default_factory=dict[str, PublishedPoint])

    def published(self) -> dict[str, PublishedPoint]:
        """By part."""
        small = {part for part, counted in self.figures.items() if self.telling.is_small(counted)}
        small |= {part for part, point in self.before.items() if point.why_hidden is WhyHidden.SMALL} | self.hidden
        there = self.before.keys() & self.figures.keys()
        as_it_was = {part for part in there if self.before[part] == self._point(part, is_hidden=False)}
        aspects = (Aspect.SWAPPED,) if self.is_mix else self.telling.aspects
        columns = [{part: self._branch(part, aspect) for part in self._in_order} for aspect in aspects]
        hidden = hide(
            columns, small & set(self.figures), shown_for_good=as_it_was, cost=lambda part, _: self._families(part)
        )
        if hidden >= set(self.figures):
            return {}
        return {part: self._point(part, is_hidden=part in hidden) for part in self.figures}

    @property
    def _in_order(self) -> list[str]:
        return sorted(self.figures, key=lambda part: (self.figures[part].numerator, part))

    def _families(self, part: str) -> int:
        return max(1, self.figures[part].numerator if self.is_mix else self.figures[part].families(self.telling.shape))

    def _branch(self, part: str, aspect: Aspect) -> Branch:
        counted = self.figures[part]
        return Branch(
            number=self.telling.number(aspect, counted),
            source="sum",
            target="parts",
            told=self.telling.told(aspect, counted),
            kept=self.telling.kept(aspect, counted),
            need=self.telling.need(aspect, counted),
        )

    def _point(self, part: str, *, is_hidden: bool) -> PublishedPoint:
        make = self.telling.hidden if is_hidden else partial(self.telling.point, self.figures[part])
        return make(self.key.starts, self.key.period, is_finished=self.is_finished)
