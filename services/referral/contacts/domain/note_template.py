"""What a session's note may begin with: a few headings, so that nothing is forgotten; a team has words of its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.vocabulary import Code

LONGEST = 2000
"""Characters."""


class NoteTemplateName(Code):
    USUAL_VISIT = "usual_visit", "Usual visit"
    FIRST_VISIT = "first_visit", "First visit"
    MISSED_VISIT = "missed_visit", "Missed visit"


SHIPPED = {
    NoteTemplateName.USUAL_VISIT: """\
How they were today:
What we did:
How the baby and the parent were together:
What the parent said:
Until next time:""",
    NoteTemplateName.FIRST_VISIT: """\
Who was there:
What brought them, in their own words:
Pregnancy, birth and first weeks:
Who helps them:
Worries about safety, and what was said:
What they hope for:
What we agreed:""",
    NoteTemplateName.MISSED_VISIT: """\
What was planned:
How we tried to reach them:
What may have kept them:
What this may mean for the baby:
Next step, and by when:""",
}
"""The words that the software comes with."""


@dataclass(frozen=True)
class NoteTemplate:
    """The words that a team uses now."""

    name: NoteTemplateName
    text: str
    number: int
    """Of the team's own versions; 0: never edited."""
    is_ours: bool
    """The words that the software came with."""
    edited_at: datetime | None = None
    """UTC."""
    edited_by: UUID | None = None
