"""A letter's template: text with names in double braces, `{{ baby_name }}`, from the closed list of its kind.

There are no expressions. A fact that is not known leaves a gap, `[[the baby's date of birth]]`, which must be filled
in before the letter is issued.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from services.referral.letters.domain.letter import parse_letter
from services.referral.letters.domain.letter_facts import AUDIENCE, PLACEHOLDERS, Facts, unnamed_baby, values_of
from services.referral.letters.domain.letter_kind import LetterKind, TemplateName, placeholders_of, required_in
from shared.kernel.errors import RuleBroken

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_GAP = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_SENTENCE_STARTS = re.compile(r"(?:^|\n)(?:[-*#]+ )?$|[.!?:]\s$")


@dataclass(frozen=True)
class LetterTemplate:
    """A team's words for one kind of letter, or for a passage that letters share."""

    name: TemplateName
    text: str


def check_template(template: LetterTemplate) -> None:
    """Nothing, when letters can be written from it.

    Raises:
        RuleBroken: it asks for what this kind of letter may not say, it lacks what the kind must say, its braces do
            not match, or, of a letter, it has no title.
    """
    allowed = placeholders_of(template.name)
    asked = {match[1] for match in _PLACEHOLDER.finditer(template.text)}
    if wrong := _lines(template.text, lambda line: _has_brace(_PLACEHOLDER.sub("", line))):
        raise _refused("braces", f"{wrong}: write two braces before and two after, as in {{{{ baby_name }}}}.")
    if wrong := _lines(template.text, lambda line: _asks_beyond(line, allowed)):
        raise _refused("placeholder", f"{wrong}: this letter cannot say that. It can use {_listed(allowed)}.")
    if missing := required_in(template.name) - asked:
        raise _refused("required", f"This letter must have {_listed(missing)}. Put it back.")
    if isinstance(template.name, LetterKind):
        parse_letter(template.text)


def fill(template: LetterTemplate, facts: Facts) -> str:
    """The draft: each placeholder replaced by its fact or by a gap. What a fact says is never looked at again.

    Raises:
        RuleBroken: the facts are another audience's, or the template is not right.
    """
    check_template(template)
    audience = AUDIENCE[type(facts)]
    if isinstance(template.name, LetterKind) and template.name.audience is not audience:
        raise _refused("audience", "This letter is for someone else. Choose a letter for this recipient.")
    values = values_of(facts)
    return _replaced(template.text, values, unnamed=unnamed_baby(audience))


def fill_passage(template: LetterTemplate, *, baby_name: str, team_name: str, team_phone: str) -> str:
    """The passage that goes into letters as `safety_net`.

    Raises:
        RuleBroken: the template is not right.
    """
    check_template(template)
    values = {"baby_name": baby_name, "team_name": team_name, "team_phone": team_phone or None}
    return _replaced(template.text, values, unnamed=baby_name).strip()


def gaps_in(text: str) -> list[str]:
    """What is still to be filled in, in words and in order; placeholders that someone typed count as gaps."""
    return [match[1].strip() for match in _GAP.finditer(text)] + [
        PLACEHOLDERS.get(match[1], match[1]) for match in _PLACEHOLDER.finditer(text)
    ]


def _replaced(text: str, values: dict[str, str | None], *, unnamed: str) -> str:
    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1])
        if value is None:
            return f"[[{PLACEHOLDERS[match[1]]}]]"
        starts_sentence = _SENTENCE_STARTS.search(text[: match.start()]) is not None
        return value[:1].upper() + value[1:] if value == unnamed and starts_sentence else value

    return _PLACEHOLDER.sub(value_of, text)


def _lines(text: str, is_wrong: Callable[[str], bool]) -> str:
    """`Line 3`, or `Lines 3 and 7`; empty when none is wrong. The words themselves may be a name, so they stay out."""
    numbers = [str(number) for number, line in enumerate(text.splitlines(), 1) if is_wrong(line)]
    first, last = ", ".join(numbers[:-1]), "".join(numbers[-1:])
    return f"Lines {first} and {last}" if first else last and f"Line {last}"


def _has_brace(line: str) -> bool:
    return "{" in line or "}" in line


def _asks_beyond(line: str, allowed: Collection[str]) -> bool:
    return any(match[1] not in allowed for match in _PLACEHOLDER.finditer(line))


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in sorted(names))


def _refused(code: str, sentence: str) -> RuleBroken:
    return RuleBroken(f"letter_template_{code}", sentence, field="text")
