"""Who of a team may do what: the one table. Pages, commands and queries ask it; none names a role.

The whole team enters facts, a loss among them, because every hour of silence counts; what needs judgement is for
practitioners; what weighs on a family or on a record is for the team lead. Source: reference 2.2 to 2.4, 8.1 and 8.2.
"""

from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capabilities, Capability

RECORD = Capability("record_role", "Only the team that works with a family writes in its record.")
ASK_REFERRER = Capability("ask_role", "Only the team asks a referrer for more.")
BOOK_APPOINTMENT = Capability("booking_role", "Someone of the team books appointments. Ask the team.")

DECIDE_REFERRAL = Capability("triage_role", "A practitioner or the team lead decides on a referral. Ask one of them.")
JUDGE = Capability("judge_role", "A practitioner or the team lead records this. Ask one of them.")
RECORD_CONTACT = Capability("contact_role", "A practitioner or the team lead records a session. Ask one of them.")
RECORD_SUPPORT = Capability("clinical_role", "A practitioner or the team lead records this. Ask one of them.")
DECIDE_SUPPORT = Capability(
    "tier_role", "A practitioner or the team lead decides on a family's support. Ask one of them."
)
DECIDE_DISCLOSURE = Capability("clinician_only", "A practitioner or the team lead decides this. Ask one of them.")
ANSWER_TASK = Capability("task_role", "A practitioner or the team lead answers this. Ask one of them.")

LEAD_SUPPORT = Capability("tier_lead", "The team lead decides on this change. Ask the team lead to record it.")
LEAD_WORK = Capability("clinical_lead", "The team lead decides on this. Ask the team lead to record it.")
LEAD_RECORDS = Capability("lead_only", "The team lead decides this. Ask the team lead to do it.")
ANSWER_LEADS_TASK = Capability("task_lead", "The team lead answers this. Ask the team lead to do it.")

IMPORT_CASELOAD = Capability("import_role", "The team lead or the team administrator takes in a caseload.")
EDIT_TEMPLATES = Capability("letter_template_role", "The team lead or a team administrator changes the templates.")

_TEAM = frozenset({RECORD, ASK_REFERRER, BOOK_APPOINTMENT})
_OFFICE = frozenset({IMPORT_CASELOAD, EDIT_TEMPLATES})
_PRACTICE = frozenset(
    {DECIDE_REFERRAL, JUDGE, RECORD_CONTACT, RECORD_SUPPORT, DECIDE_SUPPORT, DECIDE_DISCLOSURE, ANSWER_TASK}
)
_LEAD = frozenset({LEAD_SUPPORT, LEAD_WORK, LEAD_RECORDS, ANSWER_LEADS_TASK})

CAPABILITIES = Capabilities(
    {
        Role.TEAM_ADMINISTRATOR: _TEAM | _OFFICE,
        Role.PRACTITIONER: _TEAM | _PRACTICE,
        Role.TEAM_LEAD: _TEAM | _OFFICE | _PRACTICE | _LEAD,
    }
)
