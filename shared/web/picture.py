"""A drawing as a file of its own: SVG with its look inside it, and PNG, made by typst without a browser."""

import asyncio
from functools import cache
from pathlib import Path
from typing import Any

from shared.web.fonts import FONTS

_LOOK = Path(__file__).with_name("static") / "drawings.css"
_PAGE = b"#set page(width: auto, height: auto, margin: 8pt, fill: white)\n#image(bytes(sys.inputs.drawing))"
_DOTS_AN_INCH = 192.0
"""Twice as many as a page shows, so that it is sharp on paper and in a mail."""


def svg_file(drawing: str) -> str:
    """The drawing as it stands on a page, and its look; whoever opens it needs nothing besides."""
    start, _, rest = str(drawing).partition(">")
    named = start.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{named}><style>{_look()}</style>{rest}"


async def png_file(drawing: str) -> bytes:
    """The same as a picture; made in a thread."""
    return await asyncio.to_thread(_compile, svg_file(drawing))


@cache
def _look() -> str:
    """Without what only a screen or a printer of pages asks for."""
    return _LOOK.read_text().partition("@media")[0]


def _compile(drawing: str) -> bytes:
    import typst  # noqa: PLC0415 - a compiler with its fonts, of which a process that makes no picture has no need

    made = typst.Compiler(_PAGE, font_paths=_fonts()).compile(
        format="png", ppi=_DOTS_AN_INCH, sys_inputs={"drawing": drawing}
    )
    if not isinstance(made, bytes):
        raise TypeError("a picture is one file")
    return made


@cache
def _fonts() -> Any:
    """Those of the server first, as a page has them; ours where it has none."""
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[FONTS])
