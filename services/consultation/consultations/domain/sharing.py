"""Whether a family knows that somebody talks with the team about them, as its record has it.

Who agreed that the team shares with the health visitor knows that the team talks with the health visitor.
"""

from shared.contracts.consultation_codes import Profession
from shared.contracts.pathway_codes import ConsentScope

SHARED_WITH = {
    Profession.HEALTH_VISITOR: ConsentScope.SHARE_WITH_HEALTH_VISITOR,
    Profession.MIDWIFE: ConsentScope.SHARE_WITH_MIDWIFE,
    Profession.GP: ConsentScope.SHARE_WITH_GP,
    Profession.SOCIAL_WORKER: ConsentScope.SHARE_WITH_SOCIAL_CARE,
    Profession.NURSERY: ConsentScope.SHARE_WITH_NURSERY,
}
