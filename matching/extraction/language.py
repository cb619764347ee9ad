"""Which language a text is written in, among those a hub meets."""

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


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def identify(text: str) -> str:
    """ISO 639-1 code of a text's language.

    A text too short to tell, or one that the identifier is unsure of, counts as Italian: lists
    of skills and brand names look like every language, and this is an Italian service.

    Raises
    ------
    DocumentError
        ``unsupported_language`` when the text is clearly in a language that cannot be read yet.
    """
    if sum(map(str.isalpha, text)) < _ENOUGH_LETTERS:
        return "it"
    language, probability = _identifier().classify(text[:_SAMPLE])
    if language in SUPPORTED:
        return str(language) if probability >= _SURE else "it"
    if probability < _SURE_TO_REFUSE:
        return "it"
    raise DocumentError(
        DocumentErrorCode.UNSUPPORTED_LANGUAGE,
        f"the text is in {CANDIDATES[language]} ({language}); only Italian and English can be "
        "read: ask for an Italian version, or fill in the profile with the person.",
    )
