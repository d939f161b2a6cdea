"""The two flags beside a family's level of support, as checkboxes."""

from services.referral.people.domain.support import Support
from shared.contracts.vocabulary import Code, Level


class SupportFlag(Code):
    DIRECT_WORK = "direct_work", "Direct work with the family"
    RISK_SUPPORT = "risk_support", "Risk support"


def support_of(level: Level, flags: frozenset[SupportFlag]) -> Support:
    """A level with the flags that are ticked."""
    return Support(level, risk_support=SupportFlag.RISK_SUPPORT in flags, direct_work=SupportFlag.DIRECT_WORK in flags)


def flags_of(support: Support) -> list[str]:
    """The values to tick."""
    flags = {SupportFlag.DIRECT_WORK: support.direct_work, SupportFlag.RISK_SUPPORT: support.risk_support}
    return [flag.value for flag, ticked in flags.items() if ticked]
