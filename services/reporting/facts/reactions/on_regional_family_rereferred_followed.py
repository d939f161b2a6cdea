"""Count families who came back in the month a year after their discharge, by how soon they did."""

from shared.contracts.ending import RegionalFamilyRereferred, RegionalFamilyRereferredCorrected
from shared.inbox.projection import Projection

ON_REGIONAL_FAMILY_REREFERRED_FOLLOWED = Projection(
    event=RegionalFamilyRereferred,
    table="followed_up",
    columns={
        "month": "(coalesce((body->>'discharged')::date + interval '12 months', (body->>'month')::date))::date",
        "became": "CASE WHEN body->>'discharged' IS NULL THEN 'not_known' ELSE coalesce(body->>'gap', 'not_known') END",
    },
    corrected_by=RegionalFamilyRereferredCorrected,
)
