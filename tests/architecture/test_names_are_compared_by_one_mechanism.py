"""Whoever looks for a person, or asks whether two are one, asks `shared.kernel.name_words`, in every service.

What must be found is in `tests/kernel/test_name_words.py`: 200 names of 20 scripts. What only may be the same finds and
warns; nobody is taken for somebody by it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from services.referral.intake.domain.duplicate import Description, KnownBaby, compare
from services.referral.intake.domain.known_family import known_carer
from services.referral.intake.domain.merge import likely_pairs
from services.referral.people.domain.family import Family, Member
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.person import Person as OnRecord
from services.training.certificates.domain.certificate import is_same_surname
from services.training.places.domain.asker import Asker
from services.training.workforce.domain.import_row import ImportRow
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.register import Register, by_key
from shared import discovery
from shared.contracts.consultation_codes import Profession
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


TODAY = date(2026, 3, 2)
DECIDES = frozenset(
    {
        "services/referral/intake/domain/duplicate.py",
        "services/referral/intake/domain/known_family.py",
        "services/referral/intake/domain/merge.py",
        "services/training/certificates/domain/certificate.py",
        "services/training/places/domain/asker.py",
        "services/training/workforce/domain/register.py",
        "services/training/workforce/domain/same_person.py",
    }
)
"""Where a name takes somebody for somebody with nobody asked; each is in `DECIDERS`."""
WARNS = {
    "services/referral/intake/web/compared.py": "marks beside two records",
    "services/referral/people/database/people.py": "whom somebody looks for, and chooses",
    "services/referral/people/web/person_screens.py": "asks before one of the same name is added",
    "services/training/workforce/queries/similar_people.py": "a list to look at",
    "services/referral/intake/database/known_sign.py": "a mark in the list of referrals",
    "services/referral/people/queries/banner_statements.py": "a warning on the banner",
    "services/referral/database/name_words.py": "the keys, and what the two before ask of them",
    "services/referral/database/name_keys.py": "the keys of names that older code wrote",
    "services/training/database/person_names.py": "the keys",
    "services/training/database/workforce_tables.py": "the keys",
    "services/referral/database/tables.py": "the keys",
    "services/referral/database/family_tables.py": "the keys",
    "services/referral/governance/queries/subject_access_copy.py": "leaves the keys out",
}
_COMPARES = re.compile(
    r"\b(same_name|may_be_same_name|name_likeness|likeness_of_parts|may_be_same|known_keys|asked_keys)\b"
)


def test_everybody_who_compares_whole_names_is_known_to_decide_or_to_warn() -> None:
    assert {path for path, text in _sources("py") if _COMPARES.search(text)} == DECIDES | WARNS.keys()


def _is_same_baby(asked: str, known: str) -> bool:
    of = Description([KnownBaby(known, TODAY, None, None, UUID(int=1))], ["Amira Ali"], frozenset(), frozenset())
    likeness = compare(Description([KnownBaby(asked, TODAY, None, None)], ["Amira Ali"], frozenset(), frozenset()), of)
    return likeness is not None and likeness.baby_id is not None


def _is_known_carer(asked: str, known: str) -> bool:
    return known_carer(Caregiver(asked, Relationship.FATHER), [OnRecord(UUID(int=1), known)]) is not None


def _is_ticked(asked: str, known: str) -> bool:
    one, other = (
        Family(UUID(int=n), TODAY, [Member(OnRecord(UUID(int=n), name), MemberKind.CARER)])
        for n, name in enumerate((asked, known))
    )
    return bool(likely_pairs(one, other))


def _books_as(asked: str, known: str) -> bool:
    (given, family), (their_given, their_family) = asked.split(), known.split()
    asker = Asker(given, family, "info@nursery.example", "Nursery", Profession.NURSERY)
    return asker.among([(UUID(int=1), their_given, their_family)]) is not None


def _is_imported_as(asked: str, known: str) -> bool:
    (given, family), (their_given, their_family) = asked.split(), known.split()
    somebody = Person(UUID(int=1), their_given, their_family, email="info@nursery.example")
    row = ImportRow(2, UUID(int=2), Profession.NURSERY, given, family, None, "info@nursery.example", None, None)
    return by_key(row, Register({somebody.id: somebody}, {})) is not None


DECIDERS = (_is_same_baby, _is_known_carer, _is_ticked, _books_as, _is_imported_as, is_same_surname)


@pytest.mark.parametrize("decides", DECIDERS)
def test_nobody_is_taken_for_somebody_whose_name_is_only_like_theirs(decides: Callable[[str, str], bool]) -> None:
    same = {
        ("Zoë Lee", "ZOE LEE"),
        ("Мария Иванова", "Mariya Ivanova"),
        ("حسين علي", "حسين علي"),
        ("Zoë Lee", "Zoë Lee"),
    }
    only_like = {
        ("حسين علي", "Hassan Ali"),
        ("حسن علي", "Hussain Ali"),
        ("James Thomas", "Thomas James"),
        ("José Lee", "Jose Li"),
        ("Siân Cates", "Sian Gates"),
        ("王 小明", "汪 晓鸣"),
        ("Hassan Ali", "Hussain Ali"),
    }

    taken = {(one, other) for one, other in same | only_like if decides(one, other)}

    assert taken == same
    assert {(one, other) for one, other in same | only_like if decides(other, one)} == same
