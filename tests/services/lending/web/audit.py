"""Who read or changed what in the library."""

from fastapi import APIRouter

from shared.contracts.vocabulary import Role
from shared.staff.audit_list import AuditedService
from shared.staff.audit_pages import AuditPages, add_audit_pages
from shared.web.permissions import need
from tests.services.lending.domain.audit_words import ACTIONS

router = APIRouter()
add_audit_pages(router, AuditPages(may=need(Role.PRACTITIONER), service=AuditedService(words=ACTIONS)))
