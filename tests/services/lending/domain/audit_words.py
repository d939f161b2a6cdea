"""What the library's actions say to who reads the audit trail."""

from shared.staff.audit_words import OURS

ACTIONS = {**OURS, "parcel.send": "Sent a parcel", "parcels.read": "Looked at the parcels"}
