"""The routes of a hub, by what they are about."""
