"""An earlier version of what is on record about people, in words, from what was kept of it."""

from collections.abc import Mapping

from services.referral.people.domain.access_need import NeedDetails, PreferenceDetails
from services.referral.people.domain.dyad import Dyad
from services.referral.people.domain.person import Person
from services.referral.people.domain.safety_flag import SafetyFlag
from services.referral.people.queries.people_record import PeopleRecord
from services.referral.people.web.people_words import ASKS
from shared.staff.earlier_versions import EarlierVersion
from shared.staff.version_words import VersionWords, said_in

_LABELS = {name: ask.label for name, ask in ASKS.items()} | {
    "days_of_pregnancy": "Days of pregnancy at birth",
    "pregnancy_outcome": "What became of the pregnancy",
    "pregnancy_ended_on": "When the pregnancy ended",
    "ending": "Why it ended",
    "messages_stopped_at": "Messages were stopped at",
}
_OF_SOME = (
    "due_on due_source birth_order days_of_pregnancy pregnancy_outcome pregnancy_ended_on died_on ended_on ending"
)
_IF_SAID = frozenset({*_OF_SOME.split(), "reason", "note", "contact_note"})
_OF_FLAG = _LABELS | {"kind": "Safety flag", "ended_on": "When it ended"}
_OF_DYAD = _LABELS | {"contact_note": ASKS["arrangements"].label}

PEOPLE_VERSIONS: Mapping[str, VersionWords] = {
    "person": VersionWords("Person", Person, _LABELS, _IF_SAID),
    "dyad": VersionWords("Baby and carer", Dyad, _OF_DYAD, _IF_SAID),
    "safety_flag": VersionWords("Safety flag", SafetyFlag, _OF_FLAG, _IF_SAID),
    "access_need": VersionWords("Access needs", NeedDetails, _LABELS),
    "preference": VersionWords("What the family prefers", PreferenceDetails, _LABELS),
    "messages": VersionWords("Messages to the family", None, _LABELS, _IF_SAID),
}


def version_lines(version: EarlierVersion, record: PeopleRecord) -> list[tuple[str, str]]:
    """Question and answer; what was empty is left out."""
    about = version.content.get("person_id")
    names = [record.name(one.person.id) for one in record.family.members if str(one.person.id) == about]
    lines = [line for line in said_in(version.content, PEOPLE_VERSIONS[version.kind]) if line[1]]
    return [("Whom it is about", name) for name in names] + lines
