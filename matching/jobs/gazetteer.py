"""The municipalities and welfare points that files name, as the territory knows them."""

from collections.abc import Callable
from functools import lru_cache

from matching.interchange import Gazetteer
from matching.normalisation.folding import plain
from matching.service.records import find_place
from matching.territory import Territory

_CODE_LENGTH = 6


def gazetteer_of(territory: Territory) -> Callable[[str], Gazetteer]:
    """What each hub's files may name; what was looked up once is not looked up again."""

    @lru_cache(maxsize=4096)
    def municipality(text: str) -> str | None:
        # Spreadsheets take a code for a number, and its zeros away.
        code = text.zfill(_CODE_LENGTH) if text.isascii() and text.isdecimal() else text
        found = find_place(territory, code)
        return None if found is None else found.istat

    def of_hub(hub: str) -> Gazetteer:
        known: dict[str, str] = {}
        for one in territory.points:
            if one.hub == hub:
                known |= {plain(one.id): one.id, _words(one.name): one.id}
        return Gazetteer(
            municipality=municipality,
            point=lambda text: known.get(plain(text)) or known.get(_words(text)),
        )

    return of_hub


def _words(text: str) -> str:
    return " ".join(plain(text).split())
