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
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.consent import Consent
from services.referral.people.domain.dyad import DyadDetails
from services.referral.people.domain.safety_flag import SafetyFlag
from services.referral.people.web.forms import family_note as forms
from services.referral.people.web.forms.person import ReasonForm
from services.referral.people.web.people_place import OneOfTheFamily, PeoplePlace, no_such_note
from services.referral.people.web.people_screen import PeopleScreen, PersonScreen
from services.referral.staff.domain.capabilities import JUDGE, RECORD
from shared.kernel.calendar import date_words
from shared.staff.answer_words import Ask, Choice, Values, Words
from shared.staff.does import does
from shared.staff.form_page import Sent
from shared.staff.screen import ConfirmForm


def _dyad_name(place: OneOfTheFamily) -> str:
    return place.record.dyad_name(place.record.family.dyad(place.id))


def _known_dyad(place: OneOfTheFamily) -> Values:
    dyad = place.record.family.dyad(place.id)
    values = {name: getattr(dyad, name) for name in DyadDetails.__dataclass_fields__}
    return {"version": dyad.version, **values, "arrangements": dyad.contact_note}


def _known_status(place: OneOfTheFamily) -> Values:
    history = place.record.statuses.get(place.id, ())
    known: dict[str, Any] = {"version": len(history)}
    return known | (asdict(history[0]) if history else {})


def _flag(place: OneOfTheFamily) -> SafetyFlag:
    if (flag := place.record.flag(place.id)) is None:
        raise no_such_note()
    return flag


def _flag_name(place: OneOfTheFamily) -> str:
    flag = _flag(place)
    about = f" ({place.record.name(flag.person_id)})" if flag.person_id else ""
    return f"{flag.kind.label}{about}"


async def _alike_flag(sent: Sent[PeoplePlace, forms.FlagForm]) -> Words:
    """A flag of the same kind, about the same person, that counts."""
    said = sent.form.details
    for flag in await FamilyNotes(sent.work).flags(sent.place.family_id):
        if flag.ended_on is None and (flag.kind, flag.person_id) == (said.kind, said.person_id):
            source = [("Says who", flag.source), ("Note", flag.note)]
            return [("Flag", flag.kind.label), ("From", date_words(flag.from_on)), *source]
    return []


def _known_flag(place: OneOfTheFamily) -> Values:
    flag = _flag(place)
    return {
        "version": flag.version,
        "holds": flag.ended_on is None,
        "review_on": flag.review_on,
        "note": flag.ending or flag.note,
    }


async def _review_flag(sent: Sent[OneOfTheFamily, forms.FlagReviewForm]) -> None:
    review_on = sent.form.review_on if sent.form.holds else None
    command = ReviewSafetyFlag(sent.place.family_id, sent.place.id, sent.form.version, review_on, sent.form.note or "")
    await review_safety_flag(command, sent.work)


def _known_needs(place: OneOfTheFamily) -> Values:
    need = place.record.needs.get(place.id)
    return (
        {"version": 0, "asked_on": place.today} if need is None else {"version": need.version, **asdict(need.details)}
    )


def _known_preference(place: PeoplePlace) -> Values:
    wish = place.record.preference
    return {"version": 0} if wish is None else {"version": wish.version, **asdict(wish.details)}


def _consent(place: OneOfTheFamily) -> Consent:
    if (consent := place.record.consent(place.id)) is None:
        raise no_such_note()
    return consent


def _everybody(place: PeoplePlace) -> Mapping[str, Sequence[Choice]]:
    return {"person_id": place.everyone, "given_by": place.everyone}


NOTE_SCREENS = (
    PersonScreen(
        path="/{family_id}/people/{subject_id}/dyad",
        capability=JUDGE,
        title="Baby and carer",
        form=forms.DyadForm,
        about=_dyad_name,
        suggested=_known_dyad,
        store=does(
            change_dyad,
            lambda sent: ChangeDyad(sent.place.family_id, sent.place.id, sent.form.version, sent.form.details),
        ),
        done="Saved: the change.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/legal-status",
        capability=JUDGE,
        title="Looked-after status",
        form=forms.StatusForm,
        about=lambda place: place.name,
        suggested=_known_status,
        intro=("A new status ends the one before it, which stays in the history.",),
        store=does(
            record_legal_status,
            lambda sent: RecordLegalStatus(sent.place.family_id, sent.place.id, sent.form.version, sent.form.details),
        ),
        done="The legal status is recorded.",
    ),
    PeopleScreen(
        path="/{family_id}/people/add-flag",
        capability=JUDGE,
        title="Add a safety flag",
        form=forms.FlagForm,
        suggested=lambda place: {"from_on": place.today},
        choices=_everybody,
        asks={
            "kind": Ask("What colleagues must know"),
            "person_id": Ask("Whom it is about", "Leave this out if it is about the whole family"),
        },
        intro=("A flag is never copied to a letter.",),
        alike=_alike_flag,
        store=does(add_safety_flag, lambda sent: AddSafetyFlag(sent.place.family_id, sent.form.details)),
        button="Add the flag",
        done="The safety flag is added. It stands on every page of the family.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/flag",
        capability=JUDGE,
        title="Review a safety flag",
        form=forms.FlagReviewForm,
        about=_flag_name,
        suggested=_known_flag,
        asks={
            "review_on": Ask("If it holds: when someone looks at it again", "Within a year. For example, 27 3 2026"),
            "note": Ask("What is known now, or why it ends", "This stays in the team"),
        },
        store=_review_flag,
        done="The safety flag is reviewed.",
    ),
    PeopleScreen(
        path="/{family_id}/people/no-flags",
        capability=JUDGE,
        title="No safety flag is known",
        form=ConfirmForm,
        intro=("Save this only when someone asked. Nobody asked is not the same as none.",),
        store=does(record_no_flags, lambda sent: RecordNoFlags(sent.place.family_id)),
        button="I asked, and none is known",
        done="It is recorded that you asked today.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/needs",
        capability=RECORD,
        title="Access needs",
        form=forms.NeedForm,
        about=lambda place: place.name,
        suggested=_known_needs,
        intro=("With only the day filled in, this says that someone asked and nothing is needed.",),
        store=does(
            record_access_needs,
            lambda sent: RecordAccessNeeds(sent.place.family_id, sent.place.id, sent.form.version, sent.form.details),
        ),
        done="The access needs are recorded.",
    ),
    PeopleScreen(
        path="/{family_id}/people/preferences",
        capability=RECORD,
        title="What the family prefers",
        form=forms.PreferenceForm,
        suggested=_known_preference,
        store=does(
            record_preferences,
            lambda sent: RecordPreferences(sent.place.family_id, sent.form.version, sent.form.details),
        ),
        done="The family's wishes are recorded.",
    ),
    PeopleScreen(
        path="/{family_id}/people/add-consent",
        capability=RECORD,
        title="Record a consent",
        form=forms.ConsentForm,
        suggested=lambda place: {"given_on": place.today},
        choices=_everybody,
        asks={"note": Ask("How well they understand the choice", "For example, of a parent under 18")},
        intro=("Care itself does not rest on consent. This is for what the family may choose.",),
        store=does(record_consent, lambda sent: RecordConsent(sent.place.family_id, sent.form.details)),
        button="Record the consent",
        done="The consent is recorded.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/withdraw",
        capability=RECORD,
        title="Take back a consent",
        form=forms.WithdrawConsentForm,
        about=lambda place: f"{_consent(place).scope.label} ({place.record.name(_consent(place).person_id)})",
        suggested=lambda place: {"version": _consent(place).version},
        intro=("What was done before stays as it was.",),
        store=does(
            withdraw_consent, lambda sent: WithdrawConsent(sent.place.family_id, sent.place.id, sent.form.version)
        ),
        button="Take it back from today on",
        done="The consent is taken back from today on.",
    ),
    PeopleScreen(
        path="/{family_id}/people/resume-messages",
        capability=JUDGE,
        title="Let messages leave again",
        form=ReasonForm,
        asks={"reason": Ask("Why it is right now", "For example, the parents asked for reminders")},
        intro=("What was stopped stays stopped. Only new messages leave.",),
        store=does(resume_messages, lambda sent: ResumeMessages(sent.place.family_id, sent.form.reason)),
        button="Let messages leave again",
        done="Messages may leave to this family again.",
    ),
)
