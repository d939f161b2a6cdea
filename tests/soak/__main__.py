"""`make soak`: for some minutes, with a fault every 20 seconds; the same seed, the same faults in the same order."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.soak.soak import soak

if __name__ == "__main__":
    minutes, seed = float(sys.argv[1]), int(sys.argv[2])
    logs = Path(tempfile.mkdtemp(prefix=f"pairs-soak-{seed}-log-"))
    report = asyncio.run(soak(seed, 60 * minutes, logs))
    told = {"seed": seed, "minutes": minutes, "logs": str(logs), **report}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    sys.exit(bool(told["wrong"]))
