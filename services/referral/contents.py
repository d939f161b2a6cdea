"""Table of contents of the referral service: what it does, what it publishes, and its pages. No logic."""

from services.referral.commands.accept_referral import accept_referral
from services.referral.commands.answer_task import answer_task
from services.referral.commands.close_referral import close_referral
from services.referral.commands.issue_api_token import issue_api_token
from services.referral.commands.move_tier import move_tier
from services.referral.commands.raise_task import raise_task
from services.referral.commands.receive_message import receive_message
from services.referral.commands.receive_referral import receive_referral
from services.referral.commands.register_api_client import register_api_client
from services.referral.commands.revoke_api_client import revoke_api_client
from services.referral.web import caseload, family, refer, refer_page, referral, start, tier, triage
from services.referral.web.fhir import routes as fhir
from services.referral.web.fhir import token
from shared.contracts.family import FamilyRecorded
from shared.contracts.pathway import TaskAnswered, TaskRaised
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, ReferralClosed, ReferralReceived, TierChanged

COMMANDS = (
    receive_referral,
    accept_referral,
    close_referral,
    move_tier,
    raise_task,
    answer_task,
    receive_message,
    register_api_client,
    revoke_api_client,
    issue_api_token,
)

PUBLISHES = (
    ReferralReceived,
    ReferralAccepted,
    ReferralClosed,
    EpisodeOpened,
    TierChanged,
    FamilyRecorded,
    TaskRaised,
    TaskAnswered,
)

PAGES = (
    start.router,
    refer.router,
    refer_page.router,
    triage.router,
    referral.router,
    caseload.router,
    family.router,
    tier.router,
)
"""`refer` comes before `refer_page`, whose address holds any name."""

FHIR = (fhir.router, token.router)
"""The second way in, for other systems; it answers in forms of its own."""
