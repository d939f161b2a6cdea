"""Letters: their structure, their templates, and what can never be in one."""

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.letters.domain.letter import Bullets, Heading, Paragraph, parse_blocks, parse_letter
from services.referral.letters.domain.letter_facts import (
    AUDIENCE,
    PLACEHOLDERS,
    Appointment,
    Facts,
    FamilyFacts,
    ProfessionalFacts,
    Recipient,
    ReferrerFacts,
    Sender,
    appointment_for,
    values_of,
)
from services.referral.letters.domain.letter_kind import (
    ALL_TEMPLATES,
    RULES,
    Audience,
    LetterKind,
    SafetyNet,
    TemplateName,
    placeholders_of,
    required_in,
    template_name,
)
from services.referral.letters.domain.letter_source import called
from services.referral.letters.domain.letter_template import LetterTemplate, check_template, fill, fill_passage, gaps_in
from services.referral.letters.packs.letters import shipped_template
from shared.kernel.errors import RuleBroken

LEONIE, DAN = UUID(int=1), UUID(int=2)
SENDER = Sender("Blackpool parent-infant team", "01632 960 001", "Priya Sample", "Parent-infant therapist")
VISIT = Appointment(datetime(2026, 3, 10, 9, 30, tzinfo=UTC), "Talbot Family Hub", "Priya Sample", frozenset({LEONIE}))


def facts_for(audience: Audience, **changes: Any) -> Facts:
    shared: dict[str, Any] = {
        "recipient": Recipient("Leonie Example", ("1 Sample Street", "FY1 9ZZ")),
        "sender": SENDER,
        "dated_on": date(2026, 3, 2),
        "baby_name": "Shannon",
        "received_on": date(2026, 2, 20),
        "safety_net": "Call 999 if you are in danger.",
    }
    kind = next(kind for kind, of in AUDIENCE.items() if of is audience)
    return kind(**{**shared, **changes})


def template(text: str, name: TemplateName = LetterKind.REFERRER_RECEIVED) -> LetterTemplate:
    return LetterTemplate(name, text)


def refusal_of(wrong: LetterTemplate) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        check_template(wrong)
    return refusal.value


def test_a_letter_is_a_title_headings_paragraphs_and_bullets() -> None:
    content = parse_letter(
        "# Hello\n\nDear Leonie\n\n## What we did\nWe met.\n- once\n* twice\n\nWith best wishes\nPriya"
    )

    assert content.title == "Hello"
    assert content.blocks == (
        Paragraph(("Dear Leonie",)),
        Heading("What we did"),
        Paragraph(("We met.",)),
        Bullets(("once", "twice")),
        Paragraph(("With best wishes", "Priya")),
    )


def test_a_letter_needs_a_title_and_something_below_it() -> None:
    for text, code in (
        ("Dear Leonie", "letter_title"),
        ("## Hello\n\nText", "letter_title"),
        ("# Hello", "letter_empty"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            parse_letter(text)
        assert refusal.value.code == code


@given(st.text(alphabet="ab #-*•{}[]\n\t", max_size=200))
def test_no_word_that_was_typed_is_lost(text: str) -> None:
    said = "".join(
        block.text
        if isinstance(block, Heading)
        else "".join(block.lines if isinstance(block, Paragraph) else block.items)
        for block in parse_blocks(text)
    )

    assert re.sub(r"[^ab{}\[\]]", "", said) == re.sub(r"[^ab{}\[\]]", "", text)


@pytest.mark.parametrize("name", ALL_TEMPLATES, ids=str)
def test_each_letter_that_we_ship_is_right_and_uses_only_what_it_may_say(name: TemplateName) -> None:
    check_template(shipped_template(name))

    assert template_name(name.value) is name
    assert required_in(name) <= placeholders_of(name) <= PLACEHOLDERS.keys()


@pytest.mark.parametrize("name", ALL_TEMPLATES, ids=str)
def test_our_letters_call_nobody_what_nobody_should_be_called(name: TemplateName) -> None:
    words = re.findall(r"[a-z]+", shipped_template(name).text.lower())

    assert not {"patient", "mum", "mother", "case", "failed", "attend", "engage", "disengaged", "dna"} & set(words)


@pytest.mark.parametrize("name", [*(kind for kind in LetterKind if kind.audience is Audience.FAMILY), SafetyNet.FAMILY])
def test_a_ten_year_old_can_read_what_we_write_to_a_family(name: TemplateName) -> None:
    text = re.sub(r"\{\{.*?\}\}", "Shannon", shipped_template(name).text)

    assert reading_grade(text) <= 5.0


@pytest.mark.parametrize("name", list(LetterKind), ids=str)
def test_every_letter_says_what_to_do_if_things_get_worse(name: LetterKind) -> None:
    assert "safety_net" in RULES[name].required
    letter = fill(shipped_template(name), facts_for(name.audience))
    assert "Call 999 if you are in danger." in letter


@pytest.mark.parametrize("name", list(LetterKind), ids=str)
def test_what_is_not_known_is_a_gap_that_says_what_is_missing(name: LetterKind) -> None:
    draft = fill(shipped_template(name), facts_for(name.audience, sender=replace(SENDER, practitioner_name=None)))

    assert "{{" not in draft
    assert set(gaps_in(draft)) <= set(PLACEHOLDERS.values())
    assert parse_letter(draft)


def test_an_unborn_baby_is_your_baby_to_the_family_and_begins_a_sentence_with_a_capital() -> None:
    text = "# {{ baby_name }}\n\nYou and {{ baby_name }}. {{ baby_name }} matters.\n- {{ baby_name }}\n{{ safety_net }}"
    known = LetterTemplate(LetterKind.FAMILY_MISSED, text)

    draft = fill(known, facts_for(Audience.FAMILY, baby_name=None))

    assert draft.splitlines()[:4] == ["# Your baby", "", "You and your baby. Your baby matters.", "- Your baby"]
    assert values_of(facts_for(Audience.REFERRER, baby_name=None))["baby_name"] == "the baby"


def test_a_letter_about_an_appointment_has_its_time_in_london() -> None:
    draft = fill(
        shipped_template(LetterKind.FAMILY_APPOINTMENT),
        facts_for(Audience.FAMILY, appointment=replace(VISIT, at=datetime(2026, 6, 10, 9, 30, tzinfo=UTC))),
    )

    assert "- When: 10 June 2026, 10:30am" in draft
    assert "- Where: Talbot Family Hub" in draft


def test_another_household_is_not_told_of_an_appointment() -> None:
    assert appointment_for(LEONIE, VISIT) == VISIT
    assert appointment_for(DAN, VISIT) is None


def test_there_is_no_place_in_a_letter_for_what_must_not_be_in_it() -> None:
    placed = {field.name for kind in (FamilyFacts, ReferrerFacts, ProfessionalFacts) for field in fields(kind)}

    assert not {
        name for name in placed | PLACEHOLDERS.keys() if re.search(r"flag|risk|safe_|address|postcode|story", name)
    }
    assert "formulation" not in {field.name for field in fields(ReferrerFacts)}
    assert "nhs_number" not in {field.name for field in fields(FamilyFacts)} | {
        field.name for field in fields(ReferrerFacts)
    }


def test_a_referrer_is_told_what_was_decided_and_not_what_the_family_said() -> None:
    for kind in LetterKind:
        if kind.audience is Audience.REFERRER:
            assert not {"goals", "formulation", "voice_of_the_infant", "what_changed"} & placeholders_of(kind)


def test_a_placeholder_that_does_not_exist_is_named_by_its_line_with_the_list_of_those_that_do() -> None:
    refusal = refusal_of(template("# Hello {{ baby_name }}\n\n{{ safety_net }}\n\n{{ risk_note }}"))

    assert refusal.code == "letter_template_placeholder"
    assert refusal.sentence.startswith("Line 5: this letter cannot say that. It can use {{ baby_name }}, ")
    assert "risk_note" not in refusal.sentence
    assert refusal.field == "text"


def test_a_kind_of_letter_may_say_only_what_is_meant_for_its_reader() -> None:
    refusal = refusal_of(template("# Hello\n{{ safety_net }}\n{{ formulation }}\n{{ goals }}"))

    assert refusal.sentence.startswith("Lines 3 and 4: ")


@pytest.mark.parametrize(
    "expression", ["{{ 1 + 1 }}", "{{ baby_name.upper }}", "{{ baby_name | safe }}", "{{ '' }}", "{{}}"]
)
def test_there_are_no_expressions(expression: str) -> None:
    assert refusal_of(template(f"# Hello\n{{{{ safety_net }}}}\n{expression}")).code == "letter_template_placeholder"


@pytest.mark.parametrize(
    "slip", ["{ baby_name }", "{{ baby_name }", "{{ baby\nname }}", "{% if x %}", "{{{ baby_name }}}"]
)
def test_braces_that_do_not_match_are_refused(slip: str) -> None:
    assert refusal_of(template(f"# Hello\n{{{{ safety_net }}}}\n{slip}")).code == "letter_template_braces"


def test_no_edited_template_loses_the_safety_net() -> None:
    refusal = refusal_of(template("# Hello\n\nThank you."))

    assert refusal.sentence == "This letter must have {{ safety_net }}. Put it back."


def test_a_fact_is_never_read_as_a_template() -> None:
    known = LetterTemplate(LetterKind.FAMILY_CLOSED, "# Hello\n{{ safety_net }}\n{{ explanation }}\n{{ baby_name }}")

    draft = fill(known, facts_for(Audience.FAMILY, explanation="{{ baby_name }} # no"))

    assert "\n{{ baby_name }} # no\nShannon" in draft
    assert gaps_in(draft) == [PLACEHOLDERS["baby_name"]]


def test_the_facts_of_one_audience_cannot_fill_the_letter_of_another() -> None:
    with pytest.raises(RuleBroken) as refusal:
        fill(shipped_template(LetterKind.REFERRER_DECIDED), facts_for(Audience.FAMILY))

    assert refusal.value.code == "letter_template_audience"


def test_the_safety_net_has_the_teams_own_number() -> None:
    passage = fill_passage(
        shipped_template(SafetyNet.FAMILY), baby_name="your baby", team_name="The team", team_phone="01632 960 001"
    )

    assert "01632 960 001" in passage
    assert "999" in passage
    assert gaps_in(passage) == []


def reading_grade(text: str) -> float:
    """Flesch and Kincaid's school grade: 5 is a reader of ten."""
    sentences = [part for part in re.split(r"[.!?:]\s|\n+", text) if len(part.split()) > 3]
    text = " ".join(sentences)
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeioul])e\b", "", word.lower())))) for word in words
    )
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(
    ("name", "carers", "said"),
    [
        ("Shannon Example", ["Leonie Example"], "Shannon"),
        ("Mary Ann Example", ["Dan Other", "Leonie Example"], "Mary Ann"),
        ("Shannon Example", ["Leonie Other"], "Shannon Example"),
        ("Shannon", ["Shannon"], "Shannon"),
        ("Nguyễn Thị Hoa", ["Trần Văn Minh"], "Nguyễn Thị Hoa"),
    ],
)
def test_a_baby_is_called_without_the_name_that_the_family_shares(name: str, carers: list[str], said: str) -> None:
    assert called(name, carers) == said
