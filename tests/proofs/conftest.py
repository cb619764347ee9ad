"""An installation on each of the two databases: every proof that asks for one runs on both."""

from tests.operations.conftest import elsewhere, kind, places, postgresql, secret, server

__all__ = ["elsewhere", "kind", "places", "postgresql", "secret", "server"]
