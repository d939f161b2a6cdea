"""The colours of our own style sheets, at which axe looks in a wide window: `shared/testing/axe.py`."""

import re
from pathlib import Path

import pytest

from shared.web.static_files import FOLDER

BY_WIDTH = re.compile(r"@(?:media|container)[^{]*width[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
COLOUR = re.compile(r"[\s;{]((?:[\w-]*color|background|border|outline|fill|stroke|opacity|filter)[\w-]*)\s*:")


def colours_by_width(style_sheet: str) -> list[str]:
    return [name for block in BY_WIDTH.findall(style_sheet) for name in COLOUR.findall(block)]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.css")), ids=lambda path: path.name)
def test_no_colour_depends_on_the_width_of_the_window(path: Path) -> None:
    assert colours_by_width(path.read_text(encoding="utf-8")) == []


def test_a_colour_that_depends_on_the_width_is_seen() -> None:
    wide = "@media (min-width: 641px) { p { margin: 0; } a { text-decoration: none; background-color: #fff; } }"

    assert colours_by_width(wide + " p { color: #000 }") == ["background-color"]
