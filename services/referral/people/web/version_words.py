"""An earlier version of a record in words, from what was kept of it."""

from datetime import date, datetime
from typing import Any

from services.referral.people.domain.access_need import GenderPreference, Language, MeetingFormat, MeetingPlace
from services.referral.people.domain.dyad import Involvement
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import DueSource, Ethnicity, Gender, Known
from services.referral.people.domain.safety_flag import FlagKind
from services.referral.people.queries.people_record import PeopleRecord
from services.referral.people.web.people_words import ASKS, Ask
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words, moment_words
from shared.staff.earlier_versions import EarlierVersion

_CODES: dict[str, type[Code]] = {
    "due_source": DueSource,
    "gender": Gender,
    "ethnicity": Ethnicity,
    "care_experienced": Known,
    "pregnancy_outcome": PregnancyOutcome,
    "relationship": Relationship,
    "involvement": Involvement,
    "parental_responsibility": Known,
    "lives_together": Known,
    "interpreter_language": Language,
    "interpreter_gender": GenderPreference,
    "practitioner_gender": GenderPreference,
    "venue": MeetingPlace,
    "format": MeetingFormat,
}
_MORE = {
    "days_of_pregnancy": Ask("Days of pregnancy at birth"),
    "pregnancy_outcome": Ask("What became of the pregnancy"),
    "pregnancy_ended_on": Ask("When the pregnancy ended"),
    "ending": Ask("Why it ended"),
    "messages_stopped_at": Ask("Messages were stopped at"),
}
_LEFT_OUT = {"id", "version", "family_id", "person_id", "baby_id", "carer_id"}
_EMPTY = {None, "", "None"}


def version_lines(version: EarlierVersion, record: PeopleRecord) -> list[tuple[str, str]]:
    """Question and answer; what was empty is left out."""
    lines = [
        ((_MORE | ASKS)[name].label, _words(version.kind, name, value))
        for name, value in version.content.items()
        if name not in _LEFT_OUT and value not in _EMPTY and name in (_MORE | ASKS)
    ]
    about = version.content.get("person_id")
    names = [record.name(one.person.id) for one in record.family.members if str(one.person.id) == about]
    return [("Whom it is about", name) for name in names] + lines


def _words(kind: str, name: str, value: Any) -> str:
    codes = FlagKind if (kind, name) == ("safety_flag", "kind") else _CODES.get(name)
    if codes is not None:
        return codes(value).label
    if isinstance(value, bool) or value in {"True", "False"}:
        return "Yes" if value in {True, "True"} else "No"
    if name.endswith("_on"):
        return date_words(date.fromisoformat(value))
    return moment_words(datetime.fromisoformat(value)) if name.endswith("_at") else str(value)
