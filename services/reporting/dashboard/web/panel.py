"""One figure of a page: a sentence, a drawing, a table, files of all of them, and what is counted.

All are made from the same published points, so that they cannot differ and none shows what another hides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from services.reporting.dashboard.queries.regional_figures import RegionalFigures, Wanted
from services.reporting.dashboard.web.choice import Choice
from shared.staff.column import in_order
from shared.staff.download import Download

Plain = str | int | float | None


@dataclass(frozen=True)
class PanelCell:
    """What a file says, and what the page shows in its place."""

    words: Plain
    shown: Markup | str = ""
    place: str = ""
    """A class of its own, besides that of its column."""


@dataclass(frozen=True)
class Head:
    """A column."""

    name: str
    place: str = ""
    """Its class, for its width and its place on a phone's card."""
    is_number: bool = False
    on_page: bool = True
    in_file: bool = True


@dataclass(frozen=True)
class Band:
    """A row of the page alone, above those that belong together."""

    words: str
    aside: str = ""


Row = Sequence[PanelCell | Plain]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What `panel.html` shows. The first cell of a row is its heading.

    Args:
        name: starts the ids on the page and names the files.
        title: what the figures say, as one sentence.
        sentence: the figure, what it is of, and where it stands.
        drawing: for a wide page, and what is taken along as a picture.
        narrow: for a phone; without it the wide one is shown there too.
        kind: class of the table.
        notes: sentences that stand under it.
    """

    name: str
    title: str
    heads: Sequence[Head]
    rows: Sequence[Row | Band]
    sentence: str = ""
    drawing: Markup | None = None
    narrow: Markup | None = None
    kind: str = "r-plain"
    notes: Sequence[str] = field(default=())

    def cells(self, row: Row) -> list[tuple[Head, Markup | str]]:
        """What the page shows of a row."""
        return [(head, shown(cell)) for head, cell in zip(self.heads, row, strict=True) if head.on_page]

    @property
    def columns(self) -> list[str]:
        """Of the table in a file, which has no drawings."""
        return [head.name for head in self.heads if head.in_file]

    @property
    def lines(self) -> list[list[Plain]]:
        return [_in_file(self.heads, row) for row in self.rows if not isinstance(row, Band)]

    def file(self, file_name: str) -> Download[Any]:
        """The table as it is on the page, without its drawings."""
        return Download(file_name, in_order(*self.columns), self.lines)


@dataclass(frozen=True)
class View:
    """A page of figures, by which its files are found too."""

    name: str
    title: Callable[[Choice], str]
    wanted: Callable[[Choice], Wanted]
    panels: Callable[[RegionalFigures, Choice], Sequence[Panel]]


def shown(cell: PanelCell | Plain) -> Markup | str:
    if isinstance(cell, PanelCell):
        return cell.shown or shown(cell.words)
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int | float) else cell


def with_icon(icon: Markup, words: str) -> PanelCell:
    """A symbol and its word, which never part."""
    return PanelCell(words, Markup('<span class="r-word">{}{}</span>').format(icon, words))


def link(href: str, words: str) -> PanelCell:
    return PanelCell(words, Markup('<a href="{}">{}</a>').format(href, words))


def figure_of(figure: str, of: str, icon: Markup | str = "") -> PanelCell:
    """A figure and what it is of, in one cell of the page: `77% of 213`."""
    words = f"{figure} ({of})" if of else figure
    if not any(letter.isdigit() for letter in figure):
        return PanelCell(figure, Markup('<span class="r-hidden">{}</span>').format(figure))
    return PanelCell(words, Markup('{}<b>{}</b> <span class="r-of">{}</span>').format(icon, figure, of))


def _in_file(heads: Sequence[Head], row: Row) -> list[Plain]:
    cells = zip(heads, row, strict=True)
    return [cell.words if isinstance(cell, PanelCell) else cell for head, cell in cells if head.in_file]
