"""The referral service as a process: `python -m services.referral.app`."""

import shared.plain_console  # noqa: F401  # pyright: ignore[reportUnusedImport] - before what logs
from services.referral.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
