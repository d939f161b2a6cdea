"""Who may do what in consultation: the one table."""

from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capabilities, Capability

READ = Capability("consultation_role", "Only the team sees who asked it for what.")
KEEP_ORGANISATIONS = Capability("organisation_role", "Someone of the team adds organisations. Ask the team.")
KEEP_DIARY = Capability("diary_role", "Someone of the team keeps the diary. Ask the team.")
LOG = Capability("log_role", "A practitioner or the team lead logs a consultation. Ask one of them.")
IDENTIFY = Capability("identify_role", "A practitioner or the team lead links a consultation to a family. Ask one.")
ANSWER_CONCERN = Capability("concern_role", "A practitioner or the team lead answers this. Ask one of them.")

HAVE_SUPERVISION = Capability("supervision_role", "Practitioners and the team lead have supervision. Ask one of them.")
SEE_TO_SUPERVISION = Capability(
    "supervision_task_role", "The supervisor or the team lead answers this. Ask one of them."
)
LEAD_SUPERVISION = Capability(
    "supervision_lead", "The team lead looks after agreements of supervision. Ask the team lead."
)

LEAD_RECORDS = Capability("lead_only", "The team lead looks after records. Ask the team lead.")

_ALL = frozenset({READ, KEEP_ORGANISATIONS, KEEP_DIARY})
_PRACTICE = frozenset({LOG, IDENTIFY, ANSWER_CONCERN, HAVE_SUPERVISION, SEE_TO_SUPERVISION})

CAPABILITIES = Capabilities(
    {
        Role.TEAM_ADMINISTRATOR: _ALL,
        Role.PRACTITIONER: _ALL | _PRACTICE,
        Role.TEAM_LEAD: _ALL | _PRACTICE | {LEAD_RECORDS, LEAD_SUPERVISION},
    }
)
