"""A closed answer about a fact: what is not known is neither yes nor no."""

from enum import StrEnum


class Answer(StrEnum):
    """What somebody answered; *to check* where they are not sure or a desk must say."""

    YES = "yes"
    NO = "no"
    TO_CHECK = "to_check"
