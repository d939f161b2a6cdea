"""How fast the spine is, as ratios within one run, on this machine. Nothing here asserts a figure."""
