"""A consultation with no names names nobody."""

import pytest

from services.consultation.consultations.domain.anonymity import Identifier, check_names_nobody, identifying
from shared.kernel.errors import RuleBroken


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Her number is 999 000 0018, she said.", Identifier.NHS_NUMBER, "999 000 0018"),
        ("9434765919", Identifier.NHS_NUMBER, "9434765919"),
        ("943-476-5919", Identifier.NHS_NUMBER, "943-476-5919"),
        ("Born 14/09/2026 at home.", Identifier.DATE, "14/09/2026"),
        ("born 14.9.26", Identifier.DATE, "14.9.26"),
        ("2026-09-14", Identifier.DATE, "2026-09-14"),
        ("on the 14th of September 2026", Identifier.DATE, "14th of September 2026"),
        ("September 14, 2026", Identifier.DATE, "September 14, 2026"),
        ("They live in FY1 9ZZ.", Identifier.POSTCODE, "FY1 9ZZ"),
        ("fy41aa", Identifier.POSTCODE, "fy41aa"),
    ],
)
def test_what_could_tell_who_it_is_is_found_as_it_was_written(text: str, kind: Identifier, words: str) -> None:
    assert [(one.kind, one.words) for one in identifying(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "3/4 of mothers say so",
        "999 patients were asked",
        "She rang 07700 900123",
        "+44 7700 900123",
        "In March 2026 it began; at 3 weeks, at 36 weeks.",
        "Visit at 10.30, 45 minutes, 24/7",
        "EPDS 16, item 10: 1",
        "1234567890",
        "Tier 2 to 3, room B12",
        "",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert identifying(text) == []


def test_each_passage_is_quoted_once_with_what_to_do() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_names_nobody("Born 14/09/2026 in FY1 9ZZ, yes, 14/09/2026.", field="words")

    sentence = refused.value.sentence
    assert "“14/09/2026” (a full date), “FY1 9ZZ” (a postcode)" in sentence
    assert sentence.count("14/09/2026") == 1
    assert "choose “A family, by name”" in sentence
