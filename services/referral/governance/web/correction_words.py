"""What was corrected in a record, each kind in the words of its own pages."""

from collections.abc import Mapping

from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.intake.domain.triage import Closure
from services.referral.people.web.version_words import PEOPLE_VERSIONS
from services.referral.support.domain.assessment import AssessmentDetails
from shared.staff.version_words import VersionWords

CORRECTIONS: Mapping[str, VersionWords] = {
    **PEOPLE_VERSIONS,
    "contact": VersionWords(
        "Session",
        ContactDetails,
        {
            "held_on": "Day",
            "starts_at": "Time",
            "kind": "Type of contact",
            "mode": "How",
            "venue": "Where",
            "attendance": "What happened",
            "infant_voice": "What the baby showed",
            "elements": "What you did in the session",
        },
        frozenset({"starts_at", "attendance", "minutes", "interpreter", "note", "elements"}),
    ),
    "assessment": VersionWords(
        "Assessment",
        AssessmentDetails,
        {
            "story": "Their story",
            "strengths": "What goes well",
            "needs": "What they need",
            "infant_voice": "What this baby is telling us",
            "without_baseline": "No measure from the start",
        },
    ),
    "referral": VersionWords(
        "Decision on the referral",
        Closure,
        {
            "outcome": "Decision",
            "explanation": "What they were told",
            "told": "Who was told",
            "target_service": "Where the family was signposted",
        },
    ),
}
"""By the kind under which an earlier version is kept."""
