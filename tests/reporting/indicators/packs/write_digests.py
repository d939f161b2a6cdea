"""Keep the digests of the definitions as they are now, beside those of the versions before."""

import json
from pathlib import Path

from services.reporting.indicators.packs.catalogue import INDICATORS

DIGESTS = Path(__file__).with_name("definitions.json")


def main() -> None:
    kept = json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}
    kept |= {f"{one.number} v{one.version}": one.digest for one in INDICATORS}
    DIGESTS.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    main()
