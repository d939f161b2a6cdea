"""Each question of the public form, read aloud for a mother, a dad, a foster carer and a professional."""

import html
import re

import pytest

from tests.referral.web.visitor import PARENT, PROFESSIONAL, Answers, Visitor

BORN: Answers = {
    "born": {"born": "yes"},
    "baby": PROFESSIONAL["baby"],
    "nhs-number": {"nhs_number": ""},
}


def who_is(relationship: str) -> Answers:
    answers = PARENT | {"about-you": {"your_name": "Sam Example", "relationship": relationship}}
    before = {name: answers[name] for name in ("who", "danger", "about-you", "contact")}
    after = {name: answers[name] for name in ("talking", "other-carer", "home", "reasons", "story")}
    named = {"other-carer-name": {"other_name": "Alex Example", "relationship": "parent", "phone": ""}}
    rest = {"talking": after["talking"], "other-carer": {"other_caregiver": "yes"}, **named}
    return {**before, **BORN, **rest, **{name: after[name] for name in ("home", "reasons", "story")}}


READ_ALOUD = {
    "mother": (
        who_is("birth_parent"),
        ["Is the baby’s dad, or another carer, involved?", "About the baby’s dad or other carer", "your baby"],
        ["Is the baby’s mother", "I want to feel closer to my baby"],
    ),
    "dad": (
        who_is("father"),
        [
            "Is the baby’s mother, or another carer, involved?",
            "About the baby’s mother or other carer",
            "I want to feel closer to my baby",
        ],
        ["Is there a dad", "About the baby’s dad", "A dad or partner"],
    ),
    "foster carer": (
        who_is("foster"),
        ["Is there another carer?", "It is hard to feel close to the baby", "What’s happening for you and the baby?"],
        ["close to my baby", "you and your baby", "baby’s mother", "Is there a dad", "My baby needed"],
    ),
    "professional": (
        PROFESSIONAL,
        [
            "Is the baby’s dad, or another carer, involved?",
            "How can we contact the parent or carer safely?",
            "Do they need an interpreter?",
            "What is the family's postcode?",
        ],
        ["How can we contact you safely?", "Do you need an interpreter?", "I feel low", "What is your postcode?"],
    ),
}


@pytest.mark.parametrize("who", READ_ALOUD)
async def test_each_question_makes_sense_to_whoever_is_asked(visitor: Visitor, who: str) -> None:
    answers, said, never = READ_ALOUD[who]
    await visitor.answers_all(answers)

    pages = [(await visitor.opens(page)).text for page in (*answers, "check")]

    text = re.sub(r"\s+", " ", html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page) for page in pages)))
    assert [words for words in said if words not in text] == []
    assert [words for words in never if words in text] == []
