"""How somebody gets from one place to another."""

from enum import StrEnum


class Means(StrEnum):
    """Means that somebody has; the first two are named as the modes of a territory's travel."""

    CAR = "car"
    PUBLIC_TRANSPORT = "public_transport"
    ON_FOOT = "on_foot"
