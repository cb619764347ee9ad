"""The API of a hub: accounts, people, vacancies, proposals; kept, closed to others, on record."""

from matching.api.hub.app import create_hub_app

__all__ = ["create_hub_app"]
