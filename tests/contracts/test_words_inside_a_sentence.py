"""A label inside a sentence begins small, and an abbreviation stays what it is."""

import pytest

from shared.contracts.vocabulary import SourceGroup, inside


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Health visiting", "health visiting"),
        ("GP or practice nurse", "GP or practice nurse"),
        ("The NHS number is the same", "the NHS number is the same"),
        ("A GP", "a GP"),
        ("I do not know", "I do not know"),
        ("Video Interaction Guidance (VIG)", "video interaction guidance (VIG)"),
        ("", ""),
    ],
)
def test_abbreviations_are_kept(label: str, words: str) -> None:
    assert inside(label) == words


def test_a_code_says_itself_inside_a_sentence() -> None:
    assert SourceGroup.PRIMARY_CARE.inside == "GP or practice nurse"
