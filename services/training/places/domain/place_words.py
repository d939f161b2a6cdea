"""What the emails about a booking say."""

from collections.abc import Sequence
from datetime import date, datetime

from services.training.courses.domain.cohort import Cohort, CohortDay
from services.training.staff.domain.training_team import TrainingTeam
from shared.kernel.calendar import clock_words, date_words, weekday_words
from shared.kernel.clock import LONDON
from shared.staff.message import MessageWords
from shared.staff.sender import letter_with_link


def day_words(day: CohortDay) -> str:
    """Tuesday 2 March 2027, 9:30am to 4:30pm"""
    local = day.starts_at.astimezone(LONDON)
    return f"{local:%A} {date_words(local.date())}, {clock_words(day.starts_at)} to {clock_words(day.ends_at)}"


def which_day(cohort: Cohort, day: CohortDay) -> str:
    """Empty where the course has one day only."""
    return f", day {day.number} of {len(cohort.days)}" if len(cohort.days) > 1 else ""


def place_words(cohort: Cohort, day: CohortDay, link: str, team: TrainingTeam) -> MessageWords:
    """They have a place; one email for each day, with its calendar file."""
    return _letter(
        f"You’re booked: {cohort.course.label}{which_day(cohort, day)}",
        f"You have a place.\n\n{cohort.course.label}{which_day(cohort, day)}\n{day_words(day)}\n{cohort.venue}\n\n"
        "The calendar file puts it into your calendar. If you say no there, we do not see it: "
        "to cancel or move, use your booking page.",
        link,
        team,
    )


def changed_words(cohort: Cohort, day: CohortDay, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"New time or place: {cohort.course.label}{which_day(cohort, day)}",
        f"This has changed. Please look at it.\n\n{cohort.course.label}{which_day(cohort, day)}\n{day_words(day)}\n"
        f"{cohort.venue}\n\nThe calendar file moves it in your calendar. If you cannot come now, say so here:",
        link,
        team,
    )


def given_up_words(cohort: Cohort, day: CohortDay, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"Taken out: {cohort.course.label}{which_day(cohort, day)}",
        f"You have no place here any more.\n\n{cohort.course.label}{which_day(cohort, day)}\n{day_words(day)}\n\n"
        "The calendar file takes it out of your calendar.",
        link,
        team,
    )


def waiting_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"On the waiting list: {cohort.course.label}",
        f"You are on the waiting list for {cohort.course.label}, {_from(cohort)}.\n\n"
        "When a place is free we email you. On this page you see your place in the line, and can leave it:",
        link,
        team,
    )


def offer_words(cohort: Cohort, until: datetime, link: str, team: TrainingTeam) -> MessageWords:
    """A place is held until that moment (UTC)."""
    return _letter(
        f"A place is free for you: {cohort.course.label}",
        f"A place is free for you: {cohort.course.label}, {_from(cohort)}.\n\n"
        f"We keep it until {weekday_words(until)}, {clock_words(until)}. Then it goes to the next person. "
        "Say yes or no on this page; opening it books nothing:",
        link,
        team,
    )


def lapsed_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"The place has gone on: {cohort.course.label}",
        f"We kept a place for you in {cohort.course.label}, {_from(cohort)}, and did not hear from you.\n\n"
        "Would you still like to come? This page says whether there is a place:",
        link,
        team,
    )


def reminder_words(cohort: Cohort, day: CohortDay, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"Tomorrow: {cohort.course.label}{which_day(cohort, day)}",
        f"See you tomorrow.\n\n{cohort.course.label}{which_day(cohort, day)}\n{day_words(day)}\n{cohort.venue}\n\n"
        "Can’t come? Someone else may be waiting for your place. Tell us here:",
        link,
        team,
    )


def before_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"5 quick questions: {cohort.course.label}",
        "They take a minute. They show us whether the course helps, and nobody is judged by them:",
        f"{link}/before",
        team,
    )


def after_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"How was it? {cohort.course.label}",
        "Thank you for coming. Please answer 5 quick questions: your certificate comes when you have.",
        f"{link}/after",
        team,
    )


def three_months_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"Three months on: {cohort.course.label}",
        "Three months ago you came to our course. Does it still help? 5 quick questions, a minute:",
        f"{link}/three-months",
        team,
    )


def certificate_words(cohort: Cohort, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"Your certificate: {cohort.course.label}",
        "Well done. Your certificate is ready. You find it on your booking page:",
        link,
        team,
    )


def refresh_words(course: str, valid_until: date, link: str, team: TrainingTeam) -> MessageWords:
    """The day is the last that counts."""
    return _letter(
        f"Time to refresh: {course}",
        f"Your training counts until {date_words(valid_until)}. These are the next dates:",
        link,
        team,
    )


def renew_words(course: str, valid_until: date, link: str, team: TrainingTeam) -> MessageWords:
    """Likewise."""
    return _letter(
        f"Time to renew your accreditation: {course}",
        f"It counts until {date_words(valid_until)}. To renew it, work on a case with your supervisor and have it "
        "signed off. What is still missing stands here:",
        link,
        team,
    )


def watches_words(course: str, link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"We’ll tell you about new dates: {course}",
        f"When there are new dates of {course}, we email you once. Then we forget your address.\n\n"
        "You do not want this, or did not ask? Take your address out here:",
        link,
        team,
    )


def new_dates_words(course: str, dates: Sequence[str], link: str, team: TrainingTeam) -> MessageWords:
    return _letter(
        f"New dates: {course}",
        f"There are new dates of {course}:\n\n{_lines(dates)}\n\nThis was the only email: we have now forgotten "
        "your address. Book here:",
        link,
        team,
    )


def _lines(dates: Sequence[str]) -> str:
    return "\n".join(dates)


def _from(cohort: Cohort) -> str:
    return weekday_words(cohort.starts_at)


def _letter(subject: str, says: str, link: str, team: TrainingTeam) -> MessageWords:
    return letter_with_link(subject, says, link, team=team.name, phone=team.phone)
