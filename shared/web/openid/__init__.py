"""Sign-in with an organisation's own accounts: OpenID Connect, as a relying party."""
