"""Speaking about a family outside its sessions: with other professionals, and attempts to reach the family.

A concern about safety may be shared without consent where there is a risk, and the record says on what ground.
Source: reference 1.1 (row 9), 2.3 and 8.2 (safeguarding disclosure).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.contracts.vocabulary import Code, Role
from shared.kernel.errors import RuleBroken


class LiaisonKind(Code):
    PROFESSIONAL = "professional", "Spoke with another professional"
    ATTEMPT = "attempt", "Tried to reach the family"


class Profession(Code):
    HEALTH_VISITOR = "health_visitor", "Health visitor"
    MIDWIFE = "midwife", "Midwife"
    GP = "gp", "GP or practice nurse"
    NEONATAL = "neonatal", "Neonatal unit"
    SOCIAL_WORKER = "social_worker", "Social worker"
    EARLY_HELP = "early_help", "Early help or family hub"
    PERINATAL = "perinatal", "Perinatal mental health"
    MENTAL_HEALTH = "mental_health", "Other mental health"
    NURSERY = "nursery", "Nursery or early years"
    VOLUNTARY = "voluntary", "Voluntary sector"
    POLICE = "police", "Police"
    OTHER = "other", "Someone else"


class Way(Code):
    TELEPHONE = "telephone", "Telephone"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    TEXT = "text", "Text message"
    MEETING = "meeting", "Meeting"
    VISIT = "visit", "Visit without an appointment"


class SharingBasis(Code):
    """Why what was said may be shared. Care itself does not rest on consent (reference 3.4)."""

    CONSENT = "consent", "The family agreed"
    DIRECT_CARE = "direct_care", "Needed for the family's care"
    NOTHING_SHARED = "nothing_shared", "Nothing about the family was shared"
    LEGAL = "legal", "A duty in law"


class DisclosureBasis(Code):
    """Source: reference 8.2."""

    SECTION_47 = "section_47", "Enquiry under section 47 of the Children Act 1989"
    SECTION_17 = "section_17", "Child in need, section 17 of the Children Act 1989"
    PUBLIC_INTEREST = "public_interest", "Public interest: someone may come to harm"
    CONSENT = "consent", "The family agreed"


class ConsentSought(Code):
    AGREED = "agreed", "Yes, and the family agreed"
    REFUSED = "refused", "Yes, and the family did not agree"
    NOT_SOUGHT = "not_sought", "No"


@dataclass(frozen=True)
class SharedConcern:
    """A concern about someone's safety that was shared."""

    what: str
    to_whom: str
    basis: DisclosureBasis
    consent: ConsentSought
    why_without: str = ""
    """Why it was shared without agreement; needed where there was none."""


@dataclass
class Liaison:
    """One conversation, message or attempt; it stays as it was written."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    practitioner_id: UUID
    happened_at: datetime
    """UTC."""
    kind: LiaisonKind
    way: Way
    about: str
    profession: Profession | None = None
    organisation: str = ""
    minutes: int | None = None
    basis: SharingBasis | None = None
    disclosure: SharedConcern | None = None
    version: int = 1

    def check(self, roles: frozenset[Role], now: datetime) -> None:
        """Raises NotAllowed for someone who does not work with families; RuleBroken when something is missing."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        if self.happened_at > now:
            raise RuleBroken("liaison_future", "The day and time must be in the past.", field="happened_on")
        if not self.about.strip():
            raise RuleBroken("liaison_about", "Write what it was about.", field="about")
        if self.kind is LiaisonKind.PROFESSIONAL:
            self._check_professional()
        elif self.disclosure is not None:
            raise RuleBroken("liaison_attempt", "A concern is shared with a professional: choose who.", field="kind")
        if self.disclosure is not None:
            _check_disclosure(self.disclosure)

    def _check_professional(self) -> None:
        if self.profession is None:
            raise RuleBroken("liaison_who", "Choose whom you spoke with.", field="profession")
        if self.basis is None:
            raise RuleBroken("liaison_basis", "Choose why it may be shared.", field="basis")
        if self.disclosure is not None and self.basis is SharingBasis.NOTHING_SHARED:
            raise RuleBroken("liaison_shared", "A concern was shared, so choose why it may be shared.", field="basis")


@dataclass
class RiskNote:
    """A new concern about someone's safety; never copied into a letter."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    noted_by: UUID
    noted_at: datetime
    """UTC."""
    concern: str
    action: str
    """What was done at once."""
    told: str
    """Who was told."""
    contact_id: UUID | None = None
    """The session in which it came up."""
    version: int = 1

    def check(self, roles: frozenset[Role]) -> None:
        """Raises NotAllowed for someone who does not work with families; RuleBroken when something is missing."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        for field, value, sentence in (
            ("concern", self.concern, "Write what the concern is."),
            ("action", self.action, "Write what you did at once, or why nothing was needed."),
            ("told", self.told, "Write who was told, or that nobody was told yet."),
        ):
            if not value.strip():
                raise RuleBroken(f"risk_{field}", sentence, field=field)


def _check_disclosure(disclosure: SharedConcern) -> None:
    if not disclosure.what.strip() or not disclosure.to_whom.strip():
        field = "disclosed" if not disclosure.what.strip() else "disclosed_to"
        raise RuleBroken("disclosure_what", "Write what was shared, and with whom.", field=field)
    if disclosure.consent is not ConsentSought.AGREED and not disclosure.why_without.strip():
        raise RuleBroken(
            "disclosure_why", "Write why it was shared without the family's agreement.", field="no_consent_why"
        )
    if disclosure.basis is DisclosureBasis.CONSENT and disclosure.consent is not ConsentSought.AGREED:
        raise RuleBroken(
            "disclosure_basis", "The family did not agree, so choose another ground.", field="disclosure_basis"
        )
