"""The letters that the software ships with, in `letters/`: a team starts with these words and can go back to them."""

from functools import cache
from pathlib import Path

from services.referral.letters.domain.letter_kind import TemplateName
from services.referral.letters.domain.letter_template import LetterTemplate

_FOLDER = Path(__file__).with_name("letters")


@cache
def shipped_template(name: TemplateName) -> LetterTemplate:
    """Our text for a kind of letter, or for a passage that letters share."""
    return LetterTemplate(name, (_FOLDER / f"{name.value}.md").read_text(encoding="utf-8"))
