"""`make soak`: for some minutes, with a fault every 20 seconds; the same seed, the same faults in the same order."""

import asyncio
import json
import sys

from tests.soak.soak import soak

if __name__ == "__main__":
    minutes, seed = float(sys.argv[1]), int(sys.argv[2])
    told = {"seed": seed, "minutes": minutes, **asyncio.run(soak(seed, 60 * minutes))}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
