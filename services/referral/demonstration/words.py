"""The words that invented families are made of: names and organisations, and what is said when a referral is closed.

They are put together by chance; nobody is meant.
"""

import tomllib
from pathlib import Path

from shared.contracts.vocabulary import DeclineReason, SourceGroup

_NAMES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))

GIRLS, BOYS = frozenset(_NAMES["girls"]), frozenset(_NAMES["boys"])
BABIES = _NAMES["girls"] + _NAMES["boys"] + _NAMES["either"]
GROWN_UPS, DADS = _NAMES["grown_ups"], _NAMES["dads"]
SURNAMES, STAFF, STREETS = _NAMES["surnames"], _NAMES["staff"], _NAMES["streets"]

SURGERIES = ("Promenade Surgery", "Marram Road Surgery", "The Lighthouse Practice")

ORGANISATIONS: dict[SourceGroup, str | None] = {
    SourceGroup.HEALTH_VISITING: "{place} health visiting service",
    SourceGroup.MATERNITY: "{place} community midwives",
    SourceGroup.NEONATAL: "Neonatal unit",
    SourceGroup.PERINATAL_MENTAL_HEALTH: "Perinatal community mental health team",
    SourceGroup.FAMILY_HUB: "{place} family hub",
    SourceGroup.PRIMARY_CARE: SURGERIES[0],
    SourceGroup.SOCIAL_CARE: "{place} early help",
    SourceGroup.SELF: None,
    SourceGroup.OTHER: "{place} baby bank",
}

TOLD: dict[DeclineReason, str] = {
    DeclineReason.OUT_OF_AREA: "The family lives with another team's area; we gave their number and told the family.",
    DeclineReason.OUT_OF_REMIT_AGE: "The child is older than those we work with; we named the service for this age.",
    DeclineReason.NO_PARENT_INFANT_FOCUS: "What is asked for is not about the relationship; we said who can help.",
    DeclineReason.NEEDS_MET_ELSEWHERE: "The family is well supported already; we offered to talk with that worker.",
    DeclineReason.NEEDS_PERINATAL_MENTAL_HEALTH: "The perinatal team is needed first; we will talk again after that.",
    DeclineReason.CONSENT_NOT_GIVEN: "The family does not want a referral now; they know how to reach us.",
    DeclineReason.UNCONTACTABLE: "We tried three times in two ways; the referrer knows, and will ask us again.",
    DeclineReason.FAMILY_DECLINED: "The family would rather not for now, and was thanked for saying so.",
}
