"""Table of contents of reporting: the events that it counts, and its pages. No logic."""

from fastapi import APIRouter

from services.reporting.reactions.on_regional_episode_opened import ON_REGIONAL_EPISODE_OPENED
from services.reporting.reactions.on_regional_referral_accepted import ON_REGIONAL_REFERRAL_ACCEPTED
from services.reporting.reactions.on_regional_referral_closed import ON_REGIONAL_REFERRAL_CLOSED
from services.reporting.reactions.on_regional_referral_received import ON_REGIONAL_REFERRAL_RECEIVED
from services.reporting.reactions.on_regional_tier_changed import ON_REGIONAL_TIER_CHANGED
from services.reporting.web import data_quality, live, regional_dashboard
from shared.inbox.projection import Projection

PROJECTIONS: tuple[Projection, ...] = (
    ON_REGIONAL_REFERRAL_RECEIVED,
    ON_REGIONAL_REFERRAL_ACCEPTED,
    ON_REGIONAL_REFERRAL_CLOSED,
    ON_REGIONAL_EPISODE_OPENED,
    ON_REGIONAL_TIER_CHANGED,
)

PAGES: tuple[APIRouter, ...] = (regional_dashboard.router, data_quality.router, live.router)
