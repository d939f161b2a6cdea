"""Who may do what in training: the one table."""

from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capabilities, Capability

READ = Capability("training_role", "Only the team sees who is trained. Ask the team.")
KEEP_WORKFORCE = Capability(
    "workforce_role", "The team lead or an administrator looks after the people. Ask one of them."
)
KEEP_COURSES = Capability(
    "course_role", "A trainer, the team lead or an administrator sets up courses. Ask one of them."
)
KEEP_REGISTER = Capability("register_role", "A trainer or the team lead keeps the register. Ask one of them.")
RECORD_CASES = Capability(
    "case_role", "A practitioner, a trainer or the team lead records supervised cases. Ask one of them."
)
KEEP_CASES = Capability(
    "accreditation_role", "A trainer or the team lead grants accreditations, and records for others. Ask one of them."
)
LEAD_RECORDS = Capability("lead_only", "The team lead looks after records. Ask the team lead.")

_KEEPS = frozenset({KEEP_WORKFORCE, KEEP_COURSES})
_CASES = frozenset({RECORD_CASES, KEEP_CASES})

CAPABILITIES = Capabilities(
    {
        Role.PRACTITIONER: frozenset({READ, RECORD_CASES}),
        Role.TRAINER: frozenset({READ, KEEP_COURSES, KEEP_REGISTER}) | _CASES,
        Role.TEAM_ADMINISTRATOR: frozenset({READ}) | _KEEPS,
        Role.TEAM_LEAD: frozenset({READ, KEEP_REGISTER, LEAD_RECORDS}) | _KEEPS | _CASES,
    }
)
