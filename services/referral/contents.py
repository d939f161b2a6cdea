"""Table of contents of the referral service: what it does, what it publishes, and its pages. No logic."""

from services.referral.commands.accept_referral import accept_referral
from services.referral.commands.close_referral import close_referral
from services.referral.commands.move_tier import move_tier
from services.referral.commands.receive_referral import receive_referral
from services.referral.web import caseload, episode, refer, refer_page, referral, start, triage
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, ReferralClosed, ReferralReceived, TierChanged

COMMANDS = (receive_referral, accept_referral, close_referral, move_tier)

PUBLISHES = (ReferralReceived, ReferralAccepted, ReferralClosed, EpisodeOpened, TierChanged)

PAGES = (start.router, refer.router, refer_page.router, triage.router, referral.router, caseload.router, episode.router)
"""`refer` comes before `refer_page`, whose address holds any name."""
