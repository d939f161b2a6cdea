"""A style that no page has is dead, and the next reader would look for what it is of."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "shared/web/static"
SHEETS = ("pairs.css", "staff.css", "charts.css")
OURS = re.compile(r"\.((?:pairs|c)-[a-z0-9_-]+)")
PLACE = re.compile(r'place="([a-z-]+)"')


def test_every_class_that_has_a_style_is_on_some_page() -> None:
    sheets = "".join((STATIC / name).read_text() for name in SHEETS)
    styled = set(OURS.findall(re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)))
    folders = [ROOT / "shared", ROOT / "services"]
    files = [one for folder in folders for one in folder.rglob("*") if one.suffix in {".html", ".py", ".mjs"}]
    pages = "".join(one.read_text() for one in files)
    places = {f"c-{name}" for name in PLACE.findall(pages)}

    assert len(styled) > 100
    assert sorted(name for name in styled - places if name not in pages) == []
