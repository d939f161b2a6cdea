"""The audit trail of training."""

from fastapi import APIRouter

from services.training.staff.domain.audit_words import ACTIONS
from services.training.staff.web.access import LEAD
from shared.staff.audit_list import AuditedService
from shared.staff.audit_pages import AuditPages, add_audit_pages

router = APIRouter()

add_audit_pages(router, AuditPages(may=LEAD, service=AuditedService(words=ACTIONS), back="/people"))
