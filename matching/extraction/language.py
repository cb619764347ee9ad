"""Which language a text is written in, among those a hub meets."""

from collections.abc import Collection
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Languages of the people and firms of a hub; among few, a short text is told apart better.
CANDIDATES = MappingProxyType(
    {
        "it": "Italian", "en": "English", "fr": "French", "es": "Spanish", "de": "German",
        "pt": "Portuguese", "ro": "Romanian", "sq": "Albanian", "ar": "Arabic", "uk": "Ukrainian",
        "ru": "Russian", "zh": "Chinese", "pl": "Polish", "tr": "Turkish",
    }
)  # fmt: skip
SUPPORTED = ("it", "en")
# To refuse a document is worse than to read a foreign one in vain.
_SURE = 0.9
_SURE_TO_REFUSE = 0.99
_ENOUGH_LETTERS = 40
# The first pages tell; the identifier takes milliseconds per thousand characters.
_SAMPLE = 2000


# Further languages of ESCO, which count only where their labels were imported.
_FURTHER = MappingProxyType(
    {
        "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "el": "Greek", "et": "Estonian",
        "fi": "Finnish", "ga": "Irish", "hr": "Croatian", "hu": "Hungarian", "is": "Icelandic",
        "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian",
        "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish",
    }
)  # fmt: skip


@lru_cache(maxsize=4)
def _identifier(candidates: tuple[str, ...]) -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(candidates))
    return identifier


def identify(text: str, imported: Collection[str] = ()) -> str:
    """ISO 639-1 code of a text's language, one of those that can be read.

    Italian and English can; others where their labels were ``imported``.

    A text too short to tell, or one that the identifier is unsure of, counts as Italian: lists
    of skills and brand names look like every language, and this is an Italian service.

    Raises
    ------
    DocumentError
        ``unsupported_language`` when the text is clearly in a language that cannot be read yet.
    """
    if sum(map(str.isalpha, text)) < _ENOUGH_LETTERS:
        return "it"
    further = sorted(code for code in set(imported) & set(_FURTHER))
    classify = _identifier((*CANDIDATES, *further)).classify
    language, probability = classify(text[:_SAMPLE])
    if language in SUPPORTED:
        return str(language) if probability >= _SURE else "it"
    if probability < _SURE_TO_REFUSE:
        return "it"
    if language in imported:
        return str(language)
    readable = [*SUPPORTED, *sorted(set(imported) - set(SUPPORTED))]
    raise DocumentError(
        DocumentErrorCode.UNSUPPORTED_LANGUAGE,
        f"the text is in {_name(language)} ({language}); only {_said(readable)} can be "
        "read: ask for an Italian version, or fill in the profile with the person.",
    )


def _name(language: str) -> str:
    return CANDIDATES.get(language) or _FURTHER.get(language) or language


def _said(languages: list[str]) -> str:
    *others, last = map(_name, languages)
    return f"{', '.join(others)} and {last}"
