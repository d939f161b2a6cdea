"""A region in containers, for the tests of this folder that ask for it."""

from tests.deploy.in_containers import region

__all__ = ["region"]
