"""The demonstration's own OpenID provider: whoever comes chooses who to be, and nobody is asked for a password.

It is beside the services, and in none of their images: they sign people in as they do with any other provider.
"""
