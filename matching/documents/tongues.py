"""Italian names of languages by their ISO 639 codes, for documents that give codes only."""

from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        code: name
        for codes, name in (
            ("it ita", "italiano"), ("en eng", "inglese"), ("fr fra fre", "francese"),
            ("de deu ger", "tedesco"), ("es spa", "spagnolo"), ("pt por", "portoghese"),
            ("ro ron rum mo mol", "rumeno"), ("sq sqi alb", "albanese"), ("ar ara", "arabo"),
            ("uk ukr", "ucraino"), ("ru rus", "russo"), ("pl pol", "polacco"),
            ("zh zho chi", "cinese"), ("bn ben", "bengalese"), ("ur urd", "urdu"),
            ("hi hin", "hindi"), ("pa pan", "punjabi"), ("si sin", "singalese"),
            ("ta tam", "tamil"), ("tl tgl fil", "tagalog"), ("tr tur", "turco"),
            ("wo wol", "wolof"), ("fa fas per", "persiano"), ("el ell gre", "greco"),
            ("bg bul", "bulgaro"), ("sr srp", "serbo"), ("hr hrv", "croato"),
            ("bs bos", "bosniaco"), ("mk mkd mac", "macedone"), ("sl slv", "sloveno"),
            ("hu hun", "ungherese"), ("cs ces cze", "ceco"), ("sk slk slo", "slovacco"),
            ("nl nld dut", "olandese"), ("sv swe", "svedese"), ("da dan", "danese"),
            ("no nor", "norvegese"), ("fi fin", "finlandese"), ("et est", "estone"),
            ("lv lav", "lettone"), ("lt lit", "lituano"), ("ja jpn", "giapponese"),
            ("ko kor", "coreano"), ("he heb", "ebraico"), ("am amh", "amarico"),
            ("so som", "somalo"), ("sw swa", "swahili"), ("ti tir", "tigrino"),
            ("mt mlt", "maltese"), ("ga gle", "irlandese"), ("is isl ice", "islandese"),
        )
        for code in codes.split()
    }
)  # fmt: skip


def tongue(code: str) -> str:
    """Return the name of a language; what is no known code stays as it is written.

    >>> tongue("eng"), tongue("en-GB"), tongue("dialetto lecchese")
    ('inglese', 'inglese', 'dialetto lecchese')
    """
    said = " ".join(code.split())
    base = said.casefold().replace("_", "-").split("-")[0]
    return _NAMES.get(said.casefold()) or (_NAMES.get(base, said) if "-" in said else said)
