import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalisation import STOP_WORDS, Normaliser, fold, plain

NORMALISER = Normaliser()
WORDS = st.text(alphabet="abcdefghilmnopqrstuvz", min_size=1, max_size=14)


def keys(text: str) -> list[str]:
    return [token.key for token in NORMALISER.tokens(text)]


def one_phrase(text: str) -> bool:
    return not any(token.breaks for token in NORMALISER.tokens(text)[1:])


@given(st.text(max_size=200))
def test_plain_text_keeps_every_character_in_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Città È l'Università", "citta e l'universita"),
        ("İstanbul", "istanbul"),
        ("Bürgi ñ ß", "burgi n ß"),
        ("", ""),
    ],
)
def test_plain_text_has_no_accents_and_no_capitals(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(max_size=200))
def test_tokens_stand_in_order_and_do_not_overlap(text: str) -> None:
    place = 0
    for token in NORMALISER.tokens(text):
        assert place <= token.start < token.end <= len(text)
        assert token.key
        place = token.end


@given(st.text(max_size=200))
def test_case_and_accents_change_no_key(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert keys(plain(composed)) == keys(composed)


@given(st.lists(st.tuples(st.sampled_from(sorted(STOP_WORDS)), WORDS), min_size=1, max_size=5))
def test_articles_and_prepositions_between_words_change_no_key(
    pairs: list[tuple[str, str]],
) -> None:
    bare = " ".join(word for _, word in pairs)
    dressed = " ".join(f"{stop} {word}" for stop, word in pairs)
    assert keys(dressed) == keys(bare)


@pytest.mark.parametrize(
    "forms",
    [
        ["magazziniere", "magazziniera", "magazzinieri", "magazziniere", "MAGAZZINIERE"],
        ["operatore", "operatrice", "operatori", "operatrici"],
        ["operaio", "operaia", "operai", "operaie"],
        ["segretario", "segretaria", "segretari", "segretarie"],
        ["elettricista", "elettricisti", "elettriciste"],
        ["meccanico", "meccanica", "meccanici", "meccaniche"],
        ["impiegato", "impiegata", "impiegati", "impiegate"],
        ["collega", "colleghi", "colleghe"],
        ["tedesco", "tedesca", "tedeschi", "tedesche"],
        ["badante", "badanti"],
        ["docente", "docenti"],
        ["dottore", "dottoressa", "dottori", "dottoresse"],
        ["professore", "professoressa", "professori", "professoresse"],
        ["studente", "studentessa", "studenti", "studentesse"],
        ["assessore", "assessora", "assessori"],
        ["superficie", "superfici"],
        ["serio", "seria", "serie"],
        ["medio", "media", "medie"],
        ["doppio", "doppia", "doppi", "doppie"],
        ["obbligatorio", "obbligatoria", "obbligatori", "obbligatorie"],
        ["edilizio", "edilizia", "edilizi", "edilizie"],
        ["elettrico", "elettrica", "elettrici", "elettriche"],
        ["odontoiatrico", "odontoiatrici"],
        ["geometrico", "geometrici"],
        ["mediatore", "mediatrice", "mediatrici"],
        ["direttore", "direttrice", "direttrici"],
        ["traccia", "tracce"],
        ["camicia", "camicie"],
        ["frangia", "frange"],
        ["officina", "officine"],
        ["energia", "energie"],
        ["uomo", "uomini"],
        ["magazzino", "magazzini"],
        ["laboratorio", "laboratori"],
        ["braccio", "braccia"],
        ["apparecchio", "apparecchi"],
        ["rischio", "rischi"],
        ["vecchio", "vecchia", "vecchi", "vecchie"],
        ["ago", "aghi"],
        ["socio", "soci"],
        ["respiratorio", "respiratoria", "respiratori", "respiratorie"],
        ["motorio", "motoria", "motorie"],
        ["operatorio", "operatoria", "operatorie"],
        ["caposquadra", "capisquadra"],
        ["caporeparto", "capireparto"],
        ["manager", "managers"],
        ["computer", "computers"],
    ],
)
def test_gender_and_number_of_a_word_have_one_key(forms: list[str]) -> None:
    assert len({NORMALISER.key(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trattore", "trattoria"),
        ("pasticcere", "pasticceria"),
        ("tipografo", "tipografia"),
        ("serigrafo", "serigrafia"),
        ("gastronomo", "gastronomia"),
        ("custode", "custodia"),
        ("motore", "motoria"),
        ("operatore", "operatoria"),
        ("logistics", "logistica"),
        ("farmaco", "farmacia"),
        ("fattore", "fattoria"),
        ("guardo", "guardia"),
        ("seria", "sera"),
        ("operaio", "opera"),
        ("CAD", "cade"),
        ("MES", "mese"),
        ("SAL", "sala"),
        ("PAI", "paio"),
        ("OSS", "ossa"),
        ("OSS", "ossia"),
        ("AREU", "area"),
        ("BIM", "bimba"),
        ("e-commerce", "commercio"),
        ("C++", "C#"),
    ],
)
def test_a_trade_is_not_its_place_and_an_abbreviation_is_no_word(one: str, other: str) -> None:
    assert NORMALISER.phrase(one) != NORMALISER.phrase(other)


@given(WORDS)
def test_a_fold_is_never_empty_and_short_words_stay_as_they_are(word: str) -> None:
    folded = fold(word)
    assert folded
    assert len(folded) > 3 or folded == word


@pytest.mark.parametrize(
    "text",
    [
        "addetto alle pulizie",
        "addetta alle pulizie",
        "addetti alle pulizie",
        "Addetto/a alle pulizie",
        "addetto / a alle pulizie",
        "addetto/-a alle pulizie",
        "addetti/e alle pulizie",
        "addetto(a) alle pulizie",
        "addetto (a) alle pulizie",
        "addett* alle pulizie",
        "addett@ alle pulizie",
        "addett_ alle pulizie",
        "addettə alle pulizie",
        "addettɜ alle pulizie",
        "addetto\\a alle pulizie",
        "addetto/a/i/e pulizie",
    ],
)
def test_an_inclusive_form_is_the_word_itself_and_breaks_no_phrase(text: str) -> None:
    assert keys(text) == ["addett", "pulizi"]
    assert one_phrase(text)


@pytest.mark.parametrize(
    ("inclusive", "plain_form"),
    [
        ("operatore/trice di macchina", "operatore di macchina"),
        ("operatore/operatrice", "operatore operatrice"),
        ("infermiere/a", "infermiera"),
        ("cameriere/i/a di sala", "cameriera di sala"),
        ("operaio/a edile", "operaia edile"),
        ("operaia/io edile", "operaio edile"),
        ("operaiə edile", "operaio edile"),
        ("commesso/ssa", "commessa"),
        ("dottore/essa", "dottoressa"),
        ("tecnico/ca", "tecnica"),
        ("parrucchiere/ra", "parrucchiera"),
        ("impiegato/a amministrativo/a", "impiegata amministrativa"),
    ],
)
def test_the_second_half_of_an_inclusive_form_has_no_key(inclusive: str, plain_form: str) -> None:
    assert keys(inclusive) == keys(plain_form)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e-commerce", ["ecommerc"]),
        ("e commercio", ["commerc"]),
        ("gestione e-mail", ["gestion", "email"]),
        ("l'impianto dell'azienda", ["impiant", "aziend"]),
        ("l’impianto", ["impiant"]),
        ("C++ e C#", ["c++", "c#"]),
        ("patente C", ["patent", "c"]),
        ("UNI EN ISO 9606-1", ["uni", "en", "iso", "9606", "1"]),
        ("di per con", []),
        ("", []),
    ],
)
def test_words_become_keys(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    "gap",
    [
        ", ",
        ". ",
        "; ",
        ": ",
        " (",
        ") ",
        " - ",
        " – ",
        "\n\n",
        "\n- ",
        "\n* ",
        "\t",
        " • ",
        "\uf0b7",
    ],
)
def test_a_mark_ends_a_phrase(gap: str) -> None:
    assert not one_phrase(f"tornitura{gap}fresatura")


@pytest.mark.parametrize("gap", [" ", "-", "/", " & ", " e ", " di ", "' ", "  "])
def test_a_space_a_hyphen_or_a_slash_ends_no_phrase(gap: str) -> None:
    assert one_phrase(f"tornitura{gap}fresatura")


def test_a_short_line_is_an_item_of_its_own() -> None:
    assert not one_phrase("tornitura\nfresatura")


def test_a_long_line_was_wrapped_and_runs_on() -> None:
    assert one_phrase("ho lavorato sei anni in officina con mansioni di controllo\nqualità")


def test_a_line_that_ends_in_a_preposition_runs_on() -> None:
    assert one_phrase("guida del\nmuletto")


def test_the_gap_before_a_left_out_word_still_ends_the_phrase() -> None:
    assert not one_phrase("controllo. Di qualità")


def test_a_verb_form_has_the_key_of_its_infinitive() -> None:
    normaliser = Normaliser({"guidav": "guidar"})
    assert normaliser.phrase("guidavo il muletto") == normaliser.phrase("guidare il muletto")


@pytest.mark.parametrize(
    "form",
    [
        "guidarlo",
        "guidandolo",
        "guidarsi",
        "guidarmelo",
        "guidarglielo",
        "guidarne",
        "GUIDARLA",
    ],
)
def test_a_pronoun_on_a_verb_has_no_key_of_its_own(form: str) -> None:
    normaliser = Normaliser({"guidar": "guidar", "guidand": "guidar"})
    assert normaliser.key(form) == "guidar"


@pytest.mark.parametrize("word", ["carla", "perla", "magazzino", "guidarne", "si", "ne", "arti"])
def test_what_only_ends_like_a_pronoun_is_a_word_of_its_own(word: str) -> None:
    normaliser = Normaliser({"curand": "curar", "curar": "curar"})
    assert normaliser.key(word) == fold(word)


def test_what_an_infinitive_drops_before_a_pronoun_is_put_back() -> None:
    normaliser = Normaliser({"produrr": "produrr"})
    assert normaliser.key("produrlo") == normaliser.key("produrre") == "produrr"


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_label_is_found_where_a_text_repeats_it(words: list[str]) -> None:
    label = " ".join(words)
    phrase = NORMALISER.phrase(label)
    found = NORMALISER.phrase(f"zzzz, {label.upper()}. zzzz")
    assert found[1 : 1 + len(phrase)] == phrase


def test_evidence_can_be_cut_out_of_the_text() -> None:
    text = "Ho fatto l'ADDETTA (part-time) alle pulizie"
    cut = [text[token.start : token.end] for token in NORMALISER.tokens(text)]
    assert cut == ["Ho", "fatto", "ADDETTA", "part", "time", "pulizie"]
