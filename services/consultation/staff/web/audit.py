"""The audit trail of consultation."""

from fastapi import APIRouter

from services.consultation.staff.domain.audit_words import ACTIONS
from services.consultation.staff.web.access import LEAD
from shared.staff.audit_list import AuditedService
from shared.staff.audit_pages import AuditPages, add_audit_pages

router = APIRouter()

add_audit_pages(router, AuditPages(may=LEAD, service=AuditedService(words=ACTIONS), back="/consultations"))
