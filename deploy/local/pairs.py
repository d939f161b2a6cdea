"""Where an installation's `pairs` begins: it loads nothing, for each copy of a process reads its script again."""


def main() -> None:
    """The command line of a checkout."""
    from deploy.local.__main__ import pairs  # noqa: PLC0415

    pairs.main()
