"""The words of the printed path, by language: ``data/wording/agreement/<language>.toml``.

In a language of the screens the words of days, needs and the like are those of the screens; a file
of another language brings its own. A rule of the order may have its reason there (``order.<id>``).
"""

from collections.abc import Mapping
from pathlib import Path

from matching.errors import WordingError
from matching.wording import Wording, load_wording

FOLDER = "agreement"
_DIRECTIONS = ("ltr", "rtl")


def load_agreement_words(folder: Path) -> Mapping[str, Wording]:
    """Every language in which the path can be printed, from a wording folder.

    Raises
    ------
    WordingError
        Naming the file: one that is not valid, or a direction that is none.
    """
    found = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        language = path.stem
        own = load_wording(folder / FOLDER, language).sentences
        screen = (folder / path.name).is_file()
        shared = load_wording(folder, language).sentences if screen else {}
        words = Wording(language, {**shared, **own})
        if words.say("language.direction") not in _DIRECTIONS:
            raise WordingError(
                f"{FOLDER}/{path.name}: language.direction is not valid; write ltr or rtl."
            )
        found[language] = words
    return found
