"""Writes SVG that a strict policy allows: classes and geometry only, no style, no script; all text is escaped."""

from html import escape

from markupsafe import Markup


class Svg:
    """A drawing with a title and a description for those who do not see it. Coordinates are user units.

    Args:
        kind: its class.
    """

    def __init__(
        self, name: str, title: str, description: str, *, width: int, height: int, kind: str = "chart"
    ) -> None:
        labelled = f"{escape(name)}-title {escape(name)}-description"
        self._parts = [
            f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{labelled}">',
            f'<title id="{escape(name)}-title">{escape(title)}</title>',
            f'<desc id="{escape(name)}-description">{escape(description)}</desc>',
        ]

    def line(self, start: tuple[float, float], end: tuple[float, float], *, kind: str) -> None:
        (x1, y1), (x2, y2) = start, end
        self._parts.append(f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')

    def bar(self, corner: tuple[float, float], size: tuple[float, float], *, kind: str, says: str) -> None:
        """A rectangle; `says` is read out and shown when pointed at."""
        (x, y), (width, height) = corner, size
        self._parts.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}">'
            f"<title>{escape(says)}</title></rect>"
        )

    def point(self, place: tuple[float, float], *, kind: str, says: str, radius: float = 6) -> None:
        """A dot; `says` is read out and shown when pointed at."""
        x, y = place
        self._parts.append(
            f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"><title>{escape(says)}</title></circle>'
        )

    def path(self, places: str, *, kind: str, says: str = "") -> None:
        """A line or a shape, as SVG writes its way; `says` as of a point."""
        told = f"<title>{escape(says)}</title>" if says else ""
        self._parts.append(f'<path class="{kind}" d="{places}">{told}</path>')

    def text(self, place: tuple[float, float], words: str, *, anchor: str = "start", kind: str = "") -> None:
        (x, y), of = place, f' class="{kind}"' if kind else ""
        self._parts.append(f'<text{of} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>')

    def finished(self) -> Markup:
        return Markup("".join([*self._parts, "</svg>"]))  # noqa: S704 - what came in was escaped on its way


def axis_steps(highest: float, *, most: int = 5) -> list[float]:
    """Round numbers from 0 to at least `highest`: at most `most` steps of 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            step = factor * power
            if highest <= step * most:
                count = max(1, -(-highest // step))
                return [float(step * number) for number in range(int(count) + 1)]
        power *= 10
