"""The training service as a process: `python -m services.training.app`."""

import shared.plain_console  # noqa: F401  # pyright: ignore[reportUnusedImport] - before what logs
from services.training.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
