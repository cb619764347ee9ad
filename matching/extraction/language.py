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


# Words of Italian alone, and of the other languages alone: the small ones, and what CVs and
# advertisements say. Who writes many of the first and hardly any of the second writes Italian.
_ITALIAN = frozenset(
    """
    di del della delle degli il gli che è nel nella nelle dal dalla alla alle sono ho anche presso
    più ed sul sulla anni lavoro esperienza esperienze lavorative patente istruzione competenze
    lingue lingua conoscenza conoscenze azienda ditta addetto addetta gestione corso scuola dati
    personali ricerca cerca richiesta richiesto requisiti orario turni contratto disponibilità
    """.split()  # noqa: SIM905
)
_FOREIGN = frozenset(
    """
    the and of with for from work worked experience skills years is are my at education languages
    los las y el trabajo años experiencia et les dans avec une pour und der das mit
    ich bei şi și de din pentru ani dhe në të për një com uma não anos w na się oraz ve
    bir için
    """.split()  # noqa: SIM905
)
_MANY, _TIMES = 5, 5


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
    if _is_surely_italian(text[:_SAMPLE]) or sum(map(str.isalpha, text)) < _ENOUGH_LETTERS:
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


def second_guess(text: str, imported: Collection[str]) -> str | None:
    """The language that a text which counts as Italian for want of proof may be in after all.

    A title, or a list of terms, is too short to tell by itself. The likeliest of Italian and the
    ``imported`` languages is worth a try; None where that is Italian, or nothing is imported.
    """
    others = sorted(set(imported) - {"it"})
    if not others or _is_surely_italian(text[:_SAMPLE]) or not any(map(str.isalpha, text)):
        return None
    language, _ = _identifier(("it", *others)).classify(text[:_SAMPLE])
    return None if language == "it" else str(language)


def _is_surely_italian(text: str) -> bool:
    """Whether the words alone tell, so that the identifier need not be asked."""
    words = text.lower().split()
    italian = sum(word in _ITALIAN for word in words)
    return italian >= _MANY and italian > _TIMES * sum(word in _FOREIGN for word in words)


def _name(language: str) -> str:
    return CANDIDATES.get(language) or _FURTHER.get(language) or language


def _said(languages: list[str]) -> str:
    *others, last = map(_name, languages)
    return f"{', '.join(others)} and {last}"
