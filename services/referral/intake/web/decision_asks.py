"""What the decision on a referral asks, in words and in order."""

from collections.abc import Mapping

from services.referral.people.web.people_words import DAY
from shared.staff.answer_words import Ask
from shared.staff.screen import Zone

CHASE_AFTER_WORKING_DAYS = 10
"""What the form suggests. Source: reference 2.2, incomplete (a proposal)."""

ASKING: Mapping[str, Ask] = {
    "asked_for": Ask("What is missing?", "The referrer is asked for this. It stays in the team's record."),
    "chase_on": Ask("When do you ask again if nothing comes?", DAY),
    "safety_worry": Ask(
        "Is there a worry about someone's safety?", "If yes, the referral is never returned because no answer came."
    ),
}
DECISION_ASKS: Mapping[str, Ask] = {
    "decision": Ask("What do you decide?"),
    "urgency": Ask("How urgent is it?"),
    "level": Ask("Level of support"),
    "mdt_on": Ask("When the multidisciplinary team discussed it", DAY),
    "flags": Ask("Also"),
    "review_on": Ask("First review"),
    "family": Ask("Whose record is it?"),
    "lead_id": Ask("Lead practitioner"),
    "safe_wait_plan": Ask("Support while waiting", "What helps the family until help starts, and who they can call"),
    "waiting_well_on": Ask("Next waiting-well call", DAY),
    **ASKING,
    "joins": Ask("Family that it is joined to"),
    "target_service": Ask("Service that fits better"),
    "outcome": Ask("How does the referral end?"),
    "reason": Ask("Reason", is_select=True),
    "explanation": Ask(
        "What the referrer and the family are told", "Say where else they can go. This stays in the team's record."
    ),
    "told": Ask("Who was told?"),
    "safety_to": Ask(
        "Who answers that someone is in danger",
        "Answer it first if you can. Otherwise it becomes this colleague’s task",
    ),
}
LATER = Zone("Can be left for later", ("lead_id", "safe_wait_plan", "waiting_well_on"))
ZONES = (
    Zone(
        "Decision",
        (
            *("decision", "urgency", "level", "flags", "review_on", "family"),
            *("asked_for", "chase_on", "safety_worry"),
            *("joins", "target_service", "outcome", "reason", "explanation", "told", "safety_to"),
        ),
    ),
    LATER,
)
