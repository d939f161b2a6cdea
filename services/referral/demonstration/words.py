"""The words that invented families are made of: names, organisations and what referrers notice.

They are put together by chance; nobody is meant.
"""

import tomllib
from pathlib import Path

from shared.contracts.vocabulary import DeclineReason, ReferralReason, SourceGroup

_NAMES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))

BABIES, GROWN_UPS, DADS = _NAMES["babies"], _NAMES["grown_ups"], _NAMES["dads"]
SURNAMES, STAFF = _NAMES["surnames"], _NAMES["staff"]

ORGANISATIONS: dict[SourceGroup, str | None] = {
    SourceGroup.HEALTH_VISITING: "{place} health visiting service",
    SourceGroup.MATERNITY: "{place} community midwives",
    SourceGroup.NEONATAL: "Neonatal unit",
    SourceGroup.PERINATAL_MENTAL_HEALTH: "Perinatal community mental health team",
    SourceGroup.FAMILY_HUB: "{place} family hub",
    SourceGroup.PRIMARY_CARE: "Promenade Surgery",
    SourceGroup.SOCIAL_CARE: "{place} early help",
    SourceGroup.SELF: None,
    SourceGroup.OTHER: "{place} baby bank",
}

NOTICED: dict[ReferralReason, tuple[str, ...]] = {
    ReferralReason.BONDING: (
        "{parent} says that it feels like looking after somebody else's baby.",
        "{parent} does everything that is needed, and says that nothing is felt while doing it.",
        "{baby} is quiet and looks past {parent}. {parent} has noticed and is upset by it.",
    ),
    ReferralReason.PARENT_MENTAL_HEALTH: (
        "{parent} has been low since the birth. On bad days {baby} stays in the bouncer for long times.",
        "{parent} is very anxious and finds it hard to let anybody else hold {baby}.",
        "{parent} is being treated for depression, is a little better, and would like help to enjoy {baby}.",
    ),
    ReferralReason.BIRTH_TRAUMA: (
        "An emergency at the birth. {parent} has pictures of it when {baby} cries.",
        "{parent} did not hold {baby} until the next day. Both seem to be waiting for something.",
    ),
    ReferralReason.NEONATAL_STAY: (
        "{baby} was in neonatal care for weeks. {parent} still listens for the alarms.",
        "{parent} found it hard to come to the unit and now finds it hard to be alone with {baby}.",
    ),
    ReferralReason.OWN_CHILDHOOD: (
        "{parent} grew up in care, wants it to be different for {baby}, and asks how others know what to do.",
        "{parent} hears the own parents' words when {baby} cries, and is frightened by that.",
    ),
    ReferralReason.CRYING_SLEEP_FEEDING: (
        "{baby} cries for hours in the evening. Nothing physical was found. Everybody at home is worn out.",
        "Feeds are a struggle, and {parent} has begun to dread them. Weight is fine.",
    ),
    ReferralReason.ATTUNEMENT: (
        "{parent} is keen and lively; {baby} turns away, and {parent} tries harder. They miss each other.",
        "{parent} would like to understand what {baby} is telling. We watched together, and that helped.",
    ),
    ReferralReason.LOSS: (
        "A baby died two years ago. {parent} has not dared to look forward to {baby}.",
        "An older child lives with adopters. {parent} is afraid to love {baby} and be left again.",
    ),
    ReferralReason.CARE_TRANSITION: (
        "{baby} came to {parent} at short notice, sleeps badly and startles. {parent} wants to do this well.",
        "A move to {parent} is planned. We would like help to make it gentle for {baby}.",
    ),
    ReferralReason.DAD_BONDING: (
        "Dad went back to work after two weeks, and says that {baby} only settles with others.",
        "Dad would like to be more than the one who fetches things, and does not know how to begin with {baby}.",
    ),
}

WHEN_UNBORN = "The baby is due soon. {parent} says that it is hard to imagine the baby, and turns away at scans."

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

WHY_MOVED: dict[str, str] = {
    "step_up": "More worry than we thought at first; talked through with the family.",
    "step_down": "They find each other more easily now; less is needed.",
    "capacity": "No specialist practitioner is free yet; this is what we can give meanwhile.",
    "capacity_over": "A specialist place is free now.",
    "new_risk": "Something new makes us worry; shared with the health visitor and early help.",
    "ready": "The family is ready for work together.",
    "resolved": "The worry is over, as the network agrees.",
}
