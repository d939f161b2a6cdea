"""Whoever looks for a person, or asks whether two are one, asks `shared.kernel.name_words`, in every service.

What must be found is in `tests/kernel/test_name_words.py`: 200 names of 20 scripts.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import discovery
from tests.architecture.test_files import ROOT

MECHANISM = "shared.kernel.name_words"
SEARCHES = {
    "services/referral/worklists/web/templates/search.html": "services/referral/people/domain/search.py",
    "services/training/workforce/web/templates/find.html": "services/training/workforce/queries/people_search.py",
    "services/consultation/consultations/web/templates/find.html": (
        "services/consultation/consultations/queries/consultation_search.py"
    ),
}
"""Each page with a field to look for somebody or something, and what reads what is typed there."""
OTHERWISE = {
    "services/training/places/database/askers.py": "a workplace's name, as it stands on the list",
    "services/training/workforce/domain/person.py": "whether a spelling has changed",
    "services/consultation/consultations/queries/consultation_search.py": "a part in the middle of a word, besides",
    "services/referral/groups/web/group_page.py": "the name of a group",
}
"""Where names are compared letter by letter, and which."""
_LETTER_BY_LETTER = re.compile(
    r"func\.lower\([^)]*name\) *(==|\.in_)"
    r"|name[^=\n]*\.(lower|casefold)\(\) *(==|!=| in )"
    r"|name[^=\n]*\.(i?contains|ilike|like|istartswith)\("
    r"|NFKD"
)


def _sources(ending: str) -> Iterator[tuple[str, str]]:
    for service in discovery.services().values():
        for path in sorted(service.folder.rglob(f"*.{ending}")):
            if not {"demonstration", "versions"} & set(path.parts):
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_each_page_with_a_search_of_its_own_is_known() -> None:
    assert {path for path, text in _sources("html") if 'role="search"' in text} == SEARCHES.keys()


@pytest.mark.parametrize("reads", SEARCHES.values())
def test_what_is_typed_into_a_search_is_read_by_the_mechanism(reads: str) -> None:
    assert MECHANISM in Path(ROOT, reads).read_text(encoding="utf-8")


def test_no_name_of_a_person_is_compared_letter_by_letter() -> None:
    assert {path for path, text in _sources("py") if _LETTER_BY_LETTER.search(text)} == OTHERWISE.keys()


def test_a_comparison_letter_by_letter_would_be_seen() -> None:
    seen = (
        "func.lower(other.c.name) == func.lower(person.c.name)",
        "func.lower(name).in_(names)",
        "one.name.casefold() == name",
        "names.icontains(word)",
    )
    assert all(_LETTER_BY_LETTER.search(line) for line in seen)
