"""Change the team's words for a kind of letter, or go back to those that the software ships with."""

from dataclasses import dataclass

from services.referral.letters.database.letters import LetterTemplates
from services.referral.letters.domain.letter_kind import TemplateName
from services.referral.letters.domain.letter_template import LetterTemplate, check_template
from services.referral.staff.domain.capabilities import CAPABILITIES, EDIT_TEMPLATES
from shared.kernel.errors import changed_meanwhile
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EditLetterTemplate:
    name: TemplateName
    expected_number: int
    """Of the team's version on the page that the actor edited; 0: never edited."""
    text: str | None
    """None: back to our words."""


async def edit_letter_template(command: EditLetterTemplate, work: UnitOfWork) -> None:
    """Letters that are written from now on use it; each earlier version is kept.

    Raises:
        NotAllowed: the actor neither leads the team nor administers it.
        Conflict: someone changed it after the page was opened.
        RuleBroken: it asks for what this letter may not say, or lacks what it must say.
    """
    CAPABILITIES.check(work.actor.roles, EDIT_TEMPLATES)
    if command.text is not None:
        check_template(LetterTemplate(command.name, command.text))
    templates = LetterTemplates(work.session)
    newest = (await templates.get(command.name)).number
    stored = newest == command.expected_number and await templates.add(command.name, newest + 1, command.text, work)
    if not stored:
        raise changed_meanwhile("letter_template_changed", "Someone changed this letter")
    work.record("letter_template.edit")
