"""The demonstration's provider as a process.

python -m deploy.sign_in FOLDER PUBLIC_URL PORT
"""

import sys
from pathlib import Path

import uvicorn

from deploy.sign_in.organisation import Organisations
from deploy.sign_in.provider import create_provider


def main(folder: str, public_url: str, port: str) -> None:
    """Until it is told to stop; on this machine only."""
    app = create_provider(Organisations(Path(folder)), public_url)
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, server_header=False, log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
