"""Forms about what is noted of a family: dyads, legal status, safety flags, needs, consents, wishes, messages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.record_access_needs import RecordAccessNeeds, record_access_needs
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.commands.record_legal_status import RecordLegalStatus, record_legal_status
from services.referral.people.commands.record_no_flags import RecordNoFlags, record_no_flags
from services.referral.people.commands.record_preferences import RecordPreferences, record_preferences
from services.referral.people.commands.resume_messages import ResumeMessages, resume_messages
from services.referral.people.commands.review_safety_flag import ReviewSafetyFlag, review_safety_flag
from services.referral.people.commands.withdraw_consent import WithdrawConsent, withdraw_consent
from services.referral.people.domain.consent import Consent
from services.referral.people.domain.dyad import DyadDetails
from services.referral.people.domain.safety_flag import SafetyFlag
from services.referral.people.web.forms import family_note as forms
from services.referral.people.web.forms.person import ConfirmForm, ReasonForm
from services.referral.people.web.people_screen import Choice, Place, Screen, Values
from services.referral.people.web.people_words import Ask
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


def _people(place: Place) -> list[Choice]:
    return [Choice(str(one.person.id), place.record.name(one.person.id)) for one in place.record.family.members]


def _name(place: Place) -> str:
    place.record.family.member(place.id)
    return place.record.name(place.id)


def _dyad_name(place: Place) -> str:
    return place.record.dyad_name(place.record.family.dyad(place.id))


def _known_dyad(place: Place) -> Values:
    dyad = place.record.family.dyad(place.id)
    values = {name: getattr(dyad, name) for name in DyadDetails.__dataclass_fields__}
    return {"version": dyad.version, **values, "arrangements": dyad.contact_note}


async def _change_dyad(form: forms.DyadForm, place: Place, work: UnitOfWork) -> None:
    await change_dyad(ChangeDyad(place.record.family.id, place.id, form.version, form.details), work)


def _known_status(place: Place) -> Values:
    history = place.record.statuses.get(place.id, ())
    known: dict[str, Any] = {"version": len(history)}
    return known | (asdict(history[0]) if history else {})


async def _record_status(form: forms.StatusForm, place: Place, work: UnitOfWork) -> None:
    command = RecordLegalStatus(place.record.family.id, place.id, form.version, form.details)
    await record_legal_status(command, work)


async def _add_flag(form: forms.FlagForm, place: Place, work: UnitOfWork) -> None:
    await add_safety_flag(AddSafetyFlag(place.record.family.id, form.details), work)


def _flag(place: Place) -> SafetyFlag:
    if (flag := place.record.flag(place.id)) is None:
        raise NotFound("note_not_found", "This family has no such entry. Look at the family's people.")
    return flag


def _flag_name(place: Place) -> str:
    flag = _flag(place)
    about = f" ({place.record.name(flag.person_id)})" if flag.person_id else ""
    return f"{flag.kind.label}{about}"


def _known_flag(place: Place) -> Values:
    flag = _flag(place)
    return {
        "version": flag.version,
        "holds": flag.ended_on is None,
        "review_on": flag.review_on,
        "note": flag.ending or flag.note,
    }


async def _review_flag(form: forms.FlagReviewForm, place: Place, work: UnitOfWork) -> None:
    review_on = form.review_on if form.holds else None
    command = ReviewSafetyFlag(place.record.family.id, place.id, form.version, review_on, form.note or "")
    await review_safety_flag(command, work)


async def _no_flags(_form: ConfirmForm, place: Place, work: UnitOfWork) -> None:
    await record_no_flags(RecordNoFlags(place.record.family.id), work)


def _known_needs(place: Place) -> Values:
    need = place.record.needs.get(place.id)
    return (
        {"version": 0, "asked_on": place.today} if need is None else {"version": need.version, **asdict(need.details)}
    )


async def _record_needs(form: forms.NeedForm, place: Place, work: UnitOfWork) -> None:
    command = RecordAccessNeeds(place.record.family.id, place.id, form.version, form.details)
    await record_access_needs(command, work)


def _known_preference(place: Place) -> Values:
    wish = place.record.preference
    return {"version": 0} if wish is None else {"version": wish.version, **asdict(wish.details)}


async def _record_preference(form: forms.PreferenceForm, place: Place, work: UnitOfWork) -> None:
    await record_preferences(RecordPreferences(place.record.family.id, form.version, form.details), work)


async def _record_consent(form: forms.ConsentForm, place: Place, work: UnitOfWork) -> None:
    await record_consent(RecordConsent(place.record.family.id, form.details), work)


def _consent(place: Place) -> Consent:
    if (consent := place.record.consent(place.id)) is None:
        raise NotFound("note_not_found", "This family has no such entry. Look at the family's people.")
    return consent


async def _withdraw(form: forms.WithdrawForm, place: Place, work: UnitOfWork) -> None:
    await withdraw_consent(WithdrawConsent(place.record.family.id, place.id, form.version), work)


async def _resume(form: ReasonForm, place: Place, work: UnitOfWork) -> None:
    await resume_messages(ResumeMessages(place.record.family.id, form.reason), work)


def _everybody(place: Place) -> Mapping[str, Sequence[Choice]]:
    return {"person_id": _people(place), "given_by": _people(place)}


NOTE_SCREENS: Mapping[str, Screen] = {
    "dyad": Screen(
        "Baby and carer",
        lambda _: forms.DyadForm,
        _change_dyad,
        "The change is stored.",
        about=_dyad_name,
        known=_known_dyad,
    ),
    "legal-status": Screen(
        "Looked-after status",
        lambda _: forms.StatusForm,
        _record_status,
        "The legal status is recorded.",
        about=_name,
        known=_known_status,
        intro=("A new status ends the one before it, which stays in the history.",),
    ),
    "add-flag": Screen(
        "Add a safety flag",
        lambda _: forms.FlagForm,
        _add_flag,
        "The safety flag is added. It stands on every page of the family.",
        button="Add the flag",
        known=lambda place: {"from_on": place.today},
        choices=_everybody,
        asks=lambda _: {
            "kind": Ask("What colleagues must know"),
            "person_id": Ask("Whom it is about", "Leave this out if it is about the whole family"),
        },
        intro=("A flag is never copied to a letter.",),
    ),
    "flag": Screen(
        "Review a safety flag",
        lambda _: forms.FlagReviewForm,
        _review_flag,
        "The safety flag is reviewed.",
        about=_flag_name,
        known=_known_flag,
        asks=lambda _: {
            "review_on": Ask("If it holds: when somebody looks at it again", "Within a year. For example, 27 3 2026"),
            "note": Ask("What is known now, or why it ends", "This stays in the team"),
        },
    ),
    "no-flags": Screen(
        "No safety flag is known",
        lambda _: ConfirmForm,
        _no_flags,
        "It is recorded that you asked today.",
        button="I asked, and none is known",
        intro=("Save this only when somebody asked. Nobody asked is not the same as none.",),
    ),
    "needs": Screen(
        "Access needs",
        lambda _: forms.NeedForm,
        _record_needs,
        "The access needs are recorded.",
        about=_name,
        known=_known_needs,
        intro=("With only the day filled in, this says that somebody asked and nothing is needed.",),
    ),
    "preferences": Screen(
        "What the family prefers",
        lambda _: forms.PreferenceForm,
        _record_preference,
        "The family's wishes are recorded.",
        known=_known_preference,
    ),
    "add-consent": Screen(
        "Record a consent",
        lambda _: forms.ConsentForm,
        _record_consent,
        "The consent is recorded.",
        button="Record the consent",
        known=lambda place: {"given_on": place.today},
        choices=_everybody,
        asks=lambda _: {"note": Ask("How well they understand the choice", "For example, of a parent under 18")},
        intro=("Care itself does not rest on consent. This is for what the family may choose.",),
    ),
    "withdraw": Screen(
        "Take back a consent",
        lambda _: forms.WithdrawForm,
        _withdraw,
        "The consent is taken back from today on.",
        button="Take it back from today on",
        about=lambda place: f"{_consent(place).scope.label} ({place.record.name(_consent(place).person_id)})",
        known=lambda place: {"version": _consent(place).version},
        intro=("What was done before stays as it was.",),
    ),
    "resume-messages": Screen(
        "Let messages leave again",
        lambda _: ReasonForm,
        _resume,
        "Messages may leave to this family again.",
        button="Let messages leave again",
        asks=lambda _: {"reason": Ask("Why it is right now", "For example, the parents asked for reminders")},
        intro=("What was stopped stays stopped. Only new messages leave.",),
    ),
}
"""By the last part of the address."""
