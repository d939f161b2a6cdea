"""A style that no page has is dead, and the next reader would look for what it is of."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "shared/web/static"
SHEETS = ("pairs.css", "staff.css", "charts.css", "region.css", "drawings.css")
OURS = re.compile(r"\.((?:pairs|c|r|v|x|m|l|a)-[a-z0-9_-]+)")
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


def test_no_class_has_two_styles_of_its_own_as_whoever_wrote_the_second_did_not_see_the_first() -> None:
    """Another style in a narrow window or on paper is of the same thing."""
    for sheet in SHEETS:
        rules = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(), flags=re.DOTALL)
        own = Counter(re.findall(r"^\.([a-z0-9_-]+) \{", rules, flags=re.MULTILINE))
        assert [name for name, number in own.items() if number > 1] == []
