"""What another system sent and no field holds is kept in words; such a referral may lack what only our form asks.

A telephone field may hold several numbers: each of them is looked up.
"""

from shared.database.script import execute_script

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

CHANGE = """
ALTER TABLE referral
    ADD COLUMN also_sent text,
    ALTER COLUMN consent DROP NOT NULL,
    DROP CONSTRAINT referral_reasons_check,
    ADD CONSTRAINT referral_reasons_check CHECK (cardinality(reasons) > 0 OR also_sent IS NOT NULL),
    ADD CONSTRAINT referral_consent_check CHECK (consent IS NOT NULL OR also_sent IS NOT NULL);
CREATE INDEX referral_by_phones ON referral USING gin (string_to_array(caregiver_phone, ' or '))
    WHERE caregiver_phone IS NOT NULL;
CREATE INDEX person_by_phones ON person USING gin (string_to_array(phone, ' or ')) WHERE phone IS NOT NULL;
"""


def upgrade() -> None:
    execute_script(CHANGE)
