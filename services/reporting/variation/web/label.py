"""Words in a drawing: how wide they are, and where there is room for them. No two lie over each other."""

from collections.abc import Iterable
from typing import NamedTuple

_WIDE = {"m": 0.83, "w": 0.72, "W": 0.94, "M": 0.83, "%": 0.89}
_NARROW = {**dict.fromkeys("ijl.,:;'’!| ", 0.28), **dict.fromkeys("ftr()-I/", 0.34)}
_CAPITAL, _OTHER, _BOLD = 0.69, 0.556, 1.07
_ABOVE, _BELOW = 0.8, 0.25
"""Of the size: how far letters reach above and below the line that they stand on."""
_APART = 2.0


class Box(NamedTuple):
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right + _APART <= other.left or other.right + _APART <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


class Spot(NamedTuple):
    """Where a label could stand: `anchor` is that of SVG."""

    x: float
    y: float
    anchor: str = "start"


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About as wide as Arial writes it, in user units."""
    width = sum(_WIDE.get(one) or _NARROW.get(one) or (_CAPITAL if one.isupper() else _OTHER) for one in words)
    return width * size * (_BOLD if bold else 1)


def box_of(words: str, spot: Spot, size: float, *, bold: bool = False) -> Box:
    width = text_width(words, size, bold=bold)
    left = spot.x - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
    return Box(left, spot.y - _ABOVE * size, left + width, spot.y + _BELOW * size)


class Labels:
    """The labels of one drawing, in the order of their importance: the first has the choice."""

    def __init__(self, width: float, height: float) -> None:
        self._drawing = Box(0, 0, width, height)
        self._taken: list[Box] = []

    def keep_free(self, box: Box) -> None:
        """Something else is drawn there."""
        self._taken.append(box)

    def place(self, words: str, spots: Iterable[Spot], size: float, *, bold: bool = False) -> Spot | None:
        """The first spot where there is room; None when there is none, and the label is then left out."""
        for spot in spots:
            box = box_of(words, spot, size, bold=bold)
            is_inside = box.left >= 0 and box.right <= self._drawing.right and box.top >= 0
            if is_inside and box.bottom <= self._drawing.bottom and not any(box.meets(one) for one in self._taken):
                self._taken.append(box)
                return spot
        return None
