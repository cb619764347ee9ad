import json
from datetime import date

import numpy as np
import pytest

from matching.domain import DocumentKind
from matching.errors import DataError
from matching.extraction.loose import NAMED_WEIGHTS, PHRASE_WEIGHTS
from matching.extraction.loose_features import COLUMNS
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.linking.tone import TONE_FILE
from matching.linking.weights import load_weights
from tests.extraction.moon_world import KEEPER, RAKE, TIDES, moon_extractor, moon_linker
from training.benchmarks.italian_extraction_set import GoldDocument, GoldRow, RowKind
from training.benchmarks.phrase_training import LEARNED_FROM, examples, learn, train_phrase_linker

AS_OF = date(2026, 11, 22)
ALL = [True] * 40
TEXT = (
    "Ho lavorato come guardiana di lune.\nRastrello i crateri di giorno e di notte, "
    "con qualsiasi tempo.\nConosco la teoria delle maree."
)


@pytest.fixture(scope="module")
def moons():
    return moon_extractor()


def document(*rows, text=TEXT, number=0):
    return GoldDocument(
        id=f"d{number}",
        kind=DocumentKind.CV,
        text=text,
        rows=tuple(
            GoldRow(kind=RowKind.SKILL, uri=uri, accepted=frozenset({uri}), evidence=evidence)
            for uri, evidence in rows
        ),
    )


def learned(moons, *rows, text=TEXT):
    return examples(
        moons,
        moon_linker(moons),
        document(*rows, text=text),
        as_of=AS_OF,
        occupations={KEEPER: 1.0},
    )


def test_what_is_named_is_right_where_an_annotator_found_it_too(moons):
    assert learned(moons, (TIDES, "teoria delle maree")).named.right.tolist() == [True]
    assert learned(moons).named.right.tolist() == [False]


def test_a_proposal_is_right_at_the_place_of_an_annotation(moons):
    # Proposed are polishing ("lune") and raking ("rastrello i crateri"), in this order.
    assert learned(moons).proposed.right.tolist() == [False, False]
    assert learned(moons, (RAKE, "Rastrello i crateri")).proposed.right.tolist() == [False, True]


def test_annotators_and_proposals_need_not_agree_on_where_a_phrase_ends(moons):
    near = learned(moons, (RAKE, "i crateri di giorno"))
    assert near.proposed.right.tolist() == [False, True]


def test_a_proposal_of_what_was_found_elsewhere_teaches_nothing(moons):
    elsewhere = learned(moons, (RAKE, "teoria delle maree")).proposed
    assert elsewhere.right.tolist() == [False, False]
    assert elsewhere.wrong.tolist() == [True, False]
    assert elsewhere.known.tolist() == [True, False]


def test_a_document_without_findings_has_rows_of_the_same_width(moons):
    empty = learned(moons, text="Ho lavorato come idraulico.")
    assert empty.named.signs.shape == (0, len(NAMED_COLUMNS))
    assert empty.proposed.signs.shape == (0, len(COLUMNS))
    assert empty.proposed.right.dtype == bool


def many(moons):
    """Forty documents; raking is always annotated, tides in one of two."""
    return [
        learned(moons, (RAKE, "Rastrello i crateri"), *([(TIDES, "teoria")] if n % 2 else []))
        for n in range(40)
    ]


def test_weights_and_cards_of_both_kinds_are_written_and_learning_twice_is_the_same(
    moons, tmp_path
):
    found = many(moons)
    cards = learn(found, tmp_path / "one", card={"learned_from": "nothing"}, unseen=ALL)
    again = learn(found, tmp_path / "two", card={"learned_from": "nothing"}, unseen=ALL)
    assert cards == again
    for name, columns in ((NAMED_WEIGHTS, NAMED_COLUMNS), (PHRASE_WEIGHTS, COLUMNS)):
        for end in ("txt", "json"):
            one, two = (tmp_path / folder / f"{name}.{end}" for folder in ("one", "two"))
            assert one.read_bytes() == two.read_bytes()
        weights = load_weights(tmp_path / "one", name, columns)
        assert weights.card["learned_from"] == "nothing"
        assert (cards[name]["rows"], weights.card["right"]) == (len(cards_rows(found, name)),
                                                                cards[name]["right"])  # fmt: skip


def cards_rows(found, name):
    kind = "named" if name == NAMED_WEIGHTS else "proposed"
    return np.concatenate([getattr(one, kind).right for one in found])


def test_what_was_always_right_is_sure_and_what_never_was_is_not(moons, tmp_path):
    found = many(moons)
    learn(found, tmp_path, card={}, unseen=ALL)
    weights = load_weights(tmp_path, PHRASE_WEIGHTS, COLUMNS)
    polish, rake = weights.confidence(found[0].proposed.signs)
    assert polish < 0.1 < 0.9 < rake
    names = load_weights(tmp_path, NAMED_WEIGHTS, NAMED_COLUMNS)
    (tides,) = names.confidence(found[0].named.signs)
    assert 0.3 < tides < 0.7


def test_the_card_says_how_often_the_sure_ones_are_right(moons, tmp_path):
    card = learn(many(moons), tmp_path, card={}, unseen=ALL)[PHRASE_WEIGHTS]
    for row in card["reliability"]:
        assert 0.5 <= row["from"] <= row["confidence"] <= 1.0
        assert row["proposals"] > 0
        assert 0.0 <= row["right"] <= 1.0


def test_documents_in_which_nothing_is_right_teach_nothing(moons, tmp_path):
    with pytest.raises(DataError, match="0 of"):
        learn([learned(moons) for _ in range(10)], tmp_path, card={}, unseen=ALL[:10])


def test_the_test_half_is_not_learned_from():
    assert "test" not in LEARNED_FROM


def write_documents(folder, count=16):
    folder.mkdir(parents=True)
    lines, rows = [], ["document\tkind\turi\talso\tevidence\tmain"]
    for number in range(count):
        lines.append(json.dumps({"id": f"d{number}", "kind": "cv", "text": TEXT}))
        rows.append(f"d{number}\tskill\t{RAKE}\t\tRastrello i crateri\t")
        if number % 2:
            rows.append(f"d{number}\tskill\t{TIDES}\t\tteoria delle maree\t")
            rows.append(f"d{number}\toccupation\t{KEEPER}\t\tguardiana di lune\t1")
    (folder / "documents.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "annotations.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def test_folders_of_documents_are_learned_from_twice_to_the_same_files(moons, tmp_path):
    folders = [write_documents(tmp_path / name) for name in ("first", "second")]
    runs = [
        train_phrase_linker(moons, folders, tmp_path / out, as_of=AS_OF) for out in ("one", "two")
    ]
    assert runs[0] == runs[1]
    card = runs[0][PHRASE_WEIGHTS]
    assert card["documents"] == 32
    assert "first, second" in card["learned_from"]
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {f"{NAMED_WEIGHTS}.txt", f"{PHRASE_WEIGHTS}.json", TONE_FILE} <= set(names)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_texts_in_which_nothing_may_be_found_are_learned_from_too(moons, tmp_path):
    folder = write_documents(tmp_path / "some")
    silent = [document(text="Ho lavorato come guardiana di lune.", number=n) for n in range(5)]
    without = train_phrase_linker(moons, [folder], tmp_path / "one", as_of=AS_OF)
    with_them = train_phrase_linker(moons, [folder], tmp_path / "two", as_of=AS_OF, silent=silent)
    more = with_them[PHRASE_WEIGHTS]
    assert more["documents"] == without[PHRASE_WEIGHTS]["documents"] + 5
    assert more["rows"] == without[PHRASE_WEIGHTS]["rows"] + 5
    assert more["right"] == without[PHRASE_WEIGHTS]["right"]
