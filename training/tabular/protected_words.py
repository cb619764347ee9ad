"""The words by which a column is known to be protected, in Italian and English."""

from collections.abc import Mapping
from types import MappingProxyType

# Whole words of a name, numbers and accents cut off. "White" is none: collars are white too.
WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sex": frozenset(
            {
                "sex", "gender", "gndr", "male", "female", "males", "females",
                "man", "men", "woman", "women", "sesso", "genere", "maschio",
                "maschi", "femmina", "femmine", "uomo", "uomini", "donna",
                "donne", "mf", "transgender",
            }
        ),
        "age": frozenset(
            {
                "age", "ages", "aged", "agea", "agep", "agegroup", "ageband",
                "agecat", "agerange", "agelt", "agegt", "agele", "agege", "eta",
                "elderly", "anziano", "anziana", "anziani",
            }
        ),
        "birth": frozenset(
            {
                "dob", "born", "nato", "nata",
            }
        ),
        "origin": frozenset(
            {
                "birthplace", "foreign", "foreigner", "foreigners", "race",
                "races", "racial", "razza", "black", "nonwhite", "hispanic",
                "latino", "latina", "asian", "othrace", "caucasian", "native",
                "nativity", "origin", "origine", "origini", "extraue",
                "refugee", "asylum", "rifugiato", "rifugiata",
            }
        ),
        "marital status": frozenset(
            {
                "marital", "marrstatus", "marstat", "married", "unmarried",
                "single", "divorced", "widow", "widowed", "widower",
                "coniugato", "coniugata", "coniuge", "celibe", "nubile",
                "sposato", "sposata", "vedovo", "vedova", "divorziato",
                "divorziata", "spouse",
            }
        ),
        "religion or belief": frozenset(
            {
                "catholic", "protestant", "muslim", "islamic", "jewish",
                "hindu", "christian", "cattolico", "cattolica", "musulmano",
                "musulmana", "politics", "political", "politico", "politica",
            }
        ),
        "union": frozenset(
            {
                "union", "unions", "sindacato", "sindacale", "sindacati",
            }
        ),
        "health or disability": frozenset(
            {
                "health", "healthy", "salute", "ill", "illness", "malattia",
                "diagnosis", "diagnosi", "diagnosed", "handicap", "handicapped",
                "depression", "depressione", "therapy", "terapia", "drugs",
                "alcohol", "alcol",
            }
        ),
        "pregnancy or parenthood": frozenset(
            {
                "incinta", "maternity", "maternita", "paternity", "paternita",
                "gestante",
            }
        ),
        "criminal record": frozenset(
            {
                "convicted", "convictions", "prison", "jail", "arrest",
                "arrests", "arrested", "reato", "reati", "carcere", "detenuto",
                "detenuta", "detenzione", "condanna", "condanne", "condannato",
            }
        ),
        "name or tax code": frozenset(
            {
                "surname", "cognome", "firstname", "lastname", "fullname",
                "nominativo", "codicefiscale",
            }
        ),
    }
)  # fmt: skip
# Beginnings of words with many endings.
STEMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "birth": ("birth", "nascit"),
        "origin": (
            "citizen", "cittadinanz", "nationalit", "nazionalit", "stranier", "migra", "immigra",
            "extracomunit", "ethni", "etni", "brncnt", "ctzcn",
        ),
        "religion or belief": ("relig", "rlg"),
        "health or disability": ("disab", "invalid", "hlth", "psychiatr", "psichiatr"),
        "pregnancy or parenthood": ("pregnan", "gravid"),
        "criminal record": ("crimin",),
    }
)  # fmt: skip
# Words next to each other.
PAIRS: Mapping[str, frozenset[tuple[str, str]]] = MappingProxyType(
    {
        "sex": frozenset({("sexual", "orientation"), ("orientamento", "sessuale")}),
        "marital status": frozenset({("stato", "civile"), ("civil", "status")}),
        "origin": frozenset(
            {
                ("paese", "nascita"), ("luogo", "nascita"), ("birth", "place"),
                ("birth", "country"), ("permesso", "soggiorno"), ("residence", "permit"),
                ("mother", "tongue"), ("lingua", "madre"), ("skin", "colour"), ("skin", "color"),
                ("extra", "ue"), ("richiedente", "asilo"),
            }
        ),
        "health or disability": frozenset(
            {("legge", "68"), ("legge", "104"), ("l", "68"), ("l", "104")}
        ),
        "name or tax code": frozenset(
            {
                ("first", "name"), ("last", "name"), ("full", "name"), ("codice", "fiscale"),
                ("fiscal", "code"), ("tax", "code"),
            }
        ),
    }
)  # fmt: skip
# Names of variables of official surveys (US Census PUMS, European Social Survey,
# EU-SILC), and words that tell something only where they are the whole name.
SURVEYS: Mapping[str, str] = MappingProxyType(
    {
        "mar": "marital status", "msp": "marital status", "maritalb": "marital status",
        "marsts": "marital status", "pb190": "marital status", "rb090": "sex", "pb150": "sex",
        "rb080": "age", "pb140": "age", "cit": "origin", "anc": "origin", "rac1p": "origin",
        "hisp": "origin", "pobp": "origin", "waob": "origin", "pb220a": "origin",
        "pb210": "origin", "facntr": "origin", "mocntr": "origin", "blgetmg": "origin",
        "livecnta": "origin", "lnghom1": "origin", "dis": "health or disability",
        "dear": "health or disability", "deye": "health or disability",
        "drem": "health or disability", "dphy": "health or disability",
        "dout": "health or disability", "ddrs": "health or disability",
        "fer": "pregnancy or parenthood", "nome": "name or tax code", "name": "name or tax code",
        "cf": "name or tax code", "italy": "origin", "italia": "origin", "italiano": "origin",
        "italiana": "origin", "italian": "origin",
    }
)  # fmt: skip
VALUES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"m", "f"}), "sex"),
    (frozenset({"male", "female", "non-binary", "nonbinary", "other"}), "sex"),
    (frozenset({"man", "woman", "other"}), "sex"),
    (frozenset({"men", "women"}), "sex"),
    (frozenset({"uomo", "donna", "altro"}), "sex"),
    (frozenset({"uomini", "donne"}), "sex"),
    (frozenset({"maschio", "femmina", "altro"}), "sex"),
    (frozenset({"italiana", "straniera", "ue", "extra ue", "extra-ue"}), "origin"),
    (frozenset({"italiano", "straniero", "comunitario", "extracomunitario"}), "origin"),
    (frozenset({"ue", "extra ue", "extra-ue", "italia"}), "origin"),
    (
        frozenset({"single", "married", "divorced", "widowed", "separated", "never married"}),
        "marital status",
    ),
    (
        frozenset(
            {"celibe", "nubile", "celibe/nubile", "coniugato", "coniugata", "coniugato/a",
             "separato", "separata", "separato/a", "divorziato", "divorziata", "divorziato/a",
             "vedovo", "vedova", "vedovo/a"}
        ),
        "marital status",
    ),
)  # fmt: skip
