"""What the documents say of the tree is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("services/*/README.md")])
NAMED = re.compile(r"(?<![\w/.-])((?:services|shared|tests|docs|benchmarks|deploy)/[\w./-]*\w/?)")


def places_in(document: Path) -> list[str]:
    return NAMED.findall(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_place_that_a_document_names_is_there(document: Path) -> None:
    missing = [name for name in places_in(document) if not (ROOT / name).exists()]

    assert missing == []


def test_the_documents_name_places() -> None:
    assert len(places_in(ROOT / "README.md")) > 20
