"""What messages say. They name no baby, no reason and no team of a kind that would tell a stranger what it is about.

Whoever shares the telephone may read the first line, so the words are such as any clinic might write.
"""

from datetime import datetime

from shared.kernel.calendar import date_words, moment_words
from shared.kernel.clock import london_date
from shared.staff.message import MessageWords


def reminder_words(team_phone: str, at: datetime) -> MessageWords:
    """Of an appointment; `at` is UTC."""
    return MessageWords(
        "Your appointment",
        f"Hello\n\nThis is a reminder that you have an appointment with us: {moment_words(at)}.\n\n"
        f"If you cannot come, or would like another time or place, please call us{_at(team_phone)}.\n\n"
        "Please do not answer this email: nobody reads the answers.\n",
    )


def measure_link_words(team_phone: str, link: str, until: datetime) -> MessageWords:
    """A link to a questionnaire, good until that moment (UTC)."""
    return MessageWords(
        "A few questions before we meet",
        "Hello\n\nWe would like to ask you a few questions. You can answer them on your telephone:\n\n{link}\n\n"
        f"The link is for you alone. It works until {date_words(london_date(until))}.\n\n"
        f"If you would rather talk, please call us{_at(team_phone)}.\n",
        link,
    )


def promise_overdue_words(*, is_danger: bool) -> MessageWords:
    """To the team's own duty."""
    what = "Someone waits for an urgent answer" if is_danger else "Someone waits for an answer"
    return MessageWords(
        what,
        f"Hello\n\n{what}, which was promised by now. Sign in to the team's pages: it stands at the top of each.\n",
    )


def letter_words(team_phone: str) -> MessageWords:
    """A letter was issued; it does not come by email."""
    return MessageWords(
        "We have written to you",
        "Hello\n\nWe have written you a letter. It is on its way to you.\n\n"
        f"If it does not come, or you would like it in another form, please call us{_at(team_phone)}.\n\n"
        "Please do not answer this email: nobody reads the answers.\n",
    )


def referral_link_words(team_phone: str, link: str, until: datetime) -> MessageWords:
    """A link by which a referrer comes back to a form, good until that moment (UTC)."""
    return MessageWords(
        "Carry on with your form",
        "Hello\n\nYou asked us for a link to a form that you have begun. Go on here:\n\n{link}\n\n"
        f"The link is for you alone. It works until {date_words(london_date(until))}. "
        "We have not received anything from you yet.\n\n"
        f"If you did not ask for it, you need not do anything. Questions? Call us{_at(team_phone)}.\n",
        link,
    )


def receipt_words(team_phone: str, reference: str, received_at: datetime) -> MessageWords:
    """That a parent's own request came, on the day of that moment (UTC)."""
    return MessageWords(
        "We have what you sent us",
        f"Hello\n\nWe received what you sent us on {date_words(london_date(received_at))}. "
        f"Your reference is {reference}.\n\nQuestions? Please call us{_at(team_phone)}.\n\n"
        "Please do not answer this email: nobody reads the answers.\n",
    )


def _at(team_phone: str) -> str:
    """Nothing where the team has not said how to reach it."""
    return f": {team_phone}" if team_phone else ""
