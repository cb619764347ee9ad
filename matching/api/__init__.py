"""The scoring API: each route parses, calls the service once, and shapes the answer."""

from matching.api.app import create_app

__all__ = ["create_app"]
