"""The names that both sides of the FHIR API use: code systems, and what their codes mean to us."""

from services.referral.people.domain.people import Relationship

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
MESSAGE_EVENTS = "https://fhir.nhs.uk/CodeSystem/message-events-bars"
MESSAGE_REASONS = "https://fhir.nhs.uk/CodeSystem/message-reason-bars"
REQUEST_CATEGORIES = "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"
MESSAGE_DEFINITION = "https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral"
INTERPRETER_REQUIRED = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
ONESELF = "ONESELF"
"""Of a contact who is the Patient."""
ROLE_CODES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

_OURS = "https://pairs.uk/fhir"
"""Names, which nobody fetches."""

REFERRAL_REASONS = f"{_OURS}/CodeSystem/referral-reason"
SOURCE_GROUPS = f"{_OURS}/CodeSystem/source-group"
FAMILY_AGREEMENT = f"{_OURS}/StructureDefinition/family-agreement"
FIRST_RECEIVED = f"{_OURS}/StructureDefinition/first-received"
FIRST_RECEIVED_ON, FIRST_RECEIVED_BY = "on", "by"
"""The parts of that extension: the day, and the name of the team that the family comes from."""
REFERENCE = f"{_OURS}/Id/referral-reference"

DUE_DATE = frozenset({("http://loinc.org", "11778-8"), ("http://snomed.info/sct", "161714006")})
"""Estimated date of delivery."""

_PARENT = "PRN NPRN STPPRN STPMTH STPFTH SPS HUSB WIFE DOMPART SIGOTHR"
_KIN = (
    "FAMMEMB EXT GRPRN GRMTH GRFTH MGRPRN MGRMTH MGRFTH PGRPRN PGRMTH PGRFTH GGRPRN GGRMTH GGRFTH MGGRPRN MGGRMTH"
    " MGGRFTH PGGRPRN PGGRMTH PGGRFTH AUNT MAUNT PAUNT UNCLE MUNCLE PUNCLE COUSN MCOUSN PCOUSN SIB NSIB HSIB STPSIB SIS"
    " NSIS HSIS STPSIS BRO NBRO HBRO STPBRO FRND"
)

OF_BABY = {
    **dict.fromkeys(["MTH", "NMTH", "GESTM"], Relationship.BIRTH_PARENT),
    **dict.fromkeys(["FTH", "NFTH"], Relationship.FATHER),
    **dict.fromkeys(_PARENT.split(), Relationship.PARENT),
    **dict.fromkeys(["MTHFOST", "FTHFOST", "PRNFOST"], Relationship.FOSTER),
    **dict.fromkeys(["ADOPTM", "ADOPTF", "ADOPTP"], Relationship.ADOPTIVE),
    **dict.fromkeys(_KIN.split(), Relationship.KINSHIP),
}
"""v3-RoleCode of someone who is related to the baby; any other code is someone else."""

OF_PARENT = {
    "NFTHF": Relationship.FATHER,
    **dict.fromkeys(["SPS", "HUSB", "WIFE", "DOMPART", "SIGOTHR"], Relationship.PARENT),
    **dict.fromkeys(f"PRN NPRN MTH NMTH FTH NFTH PRNINLAW MTHINLAW FTHINLAW {_KIN}".split(), Relationship.KINSHIP),
}
"""v3-RoleCode of someone who is related to the mother or birth parent of an unborn baby: her father is kin to it."""
