"""A link as it arrives: mail programs and people take what stands behind it along, a full stop, a bracket, a quote."""

_BEHIND = ".,;:!?)>]}'\"\u2019\u201d\u00bb \u00a0"


def pasted_token(token: str) -> str:
    """The token of a link without what stood behind the link; no token of ours ends so."""
    return token.rstrip(_BEHIND)
