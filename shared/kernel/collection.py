"""How often Python looks for circles of objects."""

import gc

OBJECTS_BEFORE_A_COLLECTION = 20_000
"""Python looks after 700; a page makes tens of thousands, a batch of entries thousands, and hardly a circle."""


def collect_rarely() -> None:
    """What is there when a process begins to work stays, so no collection looks at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_COLLECTION)
