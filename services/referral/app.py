"""The referral service as a process: `python -m services.referral.app`."""

from services.referral.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
