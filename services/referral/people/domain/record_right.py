"""Who may write in a family's record: the whole team enters facts; what needs judgement is for practitioners."""

from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed

DECIDES = frozenset({Role.PRACTITIONER, Role.TEAM_LEAD})
RECORDS = DECIDES | {Role.TEAM_ADMINISTRATOR}


def check_may_record(roles: frozenset[Role]) -> None:
    """Raises NotAllowed for somebody who does not work in the team.

    A loss is among the facts that anybody of the team records, because every hour of silence counts.
    """
    if not RECORDS & roles:
        raise NotAllowed("record_role", "Only the team that works with a family writes in its record.")


def check_may_judge(roles: frozenset[Role]) -> None:
    """Raises NotAllowed for somebody who neither practises nor leads the team."""
    if not DECIDES & roles:
        raise NotAllowed("judge_role", "A practitioner or the team lead records this. Ask one of them.")
