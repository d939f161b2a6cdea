"""What can be done from the head of a family's page: the usual at hand by a key, everything else under More."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from services.referral.people.domain.family import MemberKind
from services.referral.people.queries.family_banner import FamilyBanner


@dataclass(frozen=True)
class FamilyAction:
    """A link to where something is done."""

    text: str
    href: str
    key: str = ""


_RECORDS = (
    ("r", "Record session", "/sessions/new"),
    ("b", "Book", "/appointments/new"),
    ("m", "Add measure", "/measures/choose"),
)
"""By whoever works with the family: key, words and address after the family's own."""

_ASKS = (
    ("b", "Book", "/appointments/new"),
    ("", "Ask a practitioner to record a session", "/sessions/new"),
    ("", "Ask a practitioner to change the plan", "/plan/agree"),
)
"""By someone else: a form that they may not send becomes a request."""

_WHILE_IT_GOES_ON = (
    ("Note a risk", "/risk-notes"),
    ("Conversation with someone else", "/liaison/new"),
    ("Record a review", "/plan/review"),
    ("Change tier", "/tier"),
    ("Change lead practitioner", "/plan/lead"),
)


def usual_actions(banner: FamilyBanner, root: str) -> list[FamilyAction]:
    """None when the work has ended, or no baby lives: nobody is asked to book the next visit there."""
    return [] if banner.is_bereaved else _usual(banner, root)


def _usual(banner: FamilyBanner, root: str) -> list[FamilyAction]:
    if banner.open_episode is None:
        return []
    return [FamilyAction(text, root + end, key) for key, text, end in (_RECORDS if banner.may_record else _ASKS)]


def more_actions(banner: FamilyBanner, root: str) -> list[FamilyAction]:
    still = _usual(banner, root) if banner.is_bereaved else []
    return [*(FamilyAction(text, root + end) for text, end in _more(banner)), *still]


def _more(banner: FamilyBanner) -> Iterator[tuple[str, str]]:
    episode = banner.open_episode
    if episode and banner.may_record:
        yield from _WHILE_IT_GOES_ON
    yield "Write a letter", "/letters/choose"
    if episode and banner.may_record:
        yield ("Resume", "/plan/resume") if episode.paused_since else ("Pause", "/plan/pause")
        yield "Discharge", "/discharge"


def of_whom_a_death_may_be_recorded(banner: FamilyBanner) -> list[tuple[str, UUID]]:
    """Name and id of everyone who lives; the loss of a baby who is not born yet has a form of its own."""
    living = (one for one in banner.members if not one.is_lost and (one.born_on or one.kind is not MemberKind.BABY))
    return [(one.shown_name, one.person_id) for one in living]
