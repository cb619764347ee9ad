import numpy as np
import pytest

from matching.linking.title_features import COLUMNS, TitleFeatures
from matching.linking.titles import TitleLinker
from tests.linking.trades import DRIVER, ISCO_DRIVERS, PASTRY, TAILOR, trade_labels


@pytest.fixture(scope="module")
def features():
    return TitleFeatures.of(TitleLinker.of(trade_labels()))


def described(features, title, uri, most=200):
    (found,) = features.candidates([title], most=most)
    place = [features.linker.uris[concept] for concept in found.concepts].index(uri)
    return dict(zip(COLUMNS, found.rows[place].tolist(), strict=True))


def test_candidates_are_the_best_in_order_with_every_column(features):
    (found,) = features.candidates(["autista di camion"], most=3)
    assert found.rows.shape == (3, len(COLUMNS))
    assert features.linker.uris[found.concepts[0]] == DRIVER
    assert found.rows[:, COLUMNS.index("place")].tolist() == [0.0, 1.0, 2.0]
    behind = found.rows[:, COLUMNS.index("behind")]
    assert behind[0] == 0.0
    assert (np.diff(behind) <= 0).all()


def test_a_name_is_told_from_another_label(features):
    by_name = described(features, "sarto", TAILOR)
    by_other = described(features, "cucitore di abiti su misura", TAILOR)
    assert by_name["name_closest"] == pytest.approx(1.0, abs=1e-3)
    assert by_other["closest"] == pytest.approx(1.0, abs=1e-3)
    assert by_other["name_closest"] < 0.5


def test_the_title_of_the_group_and_the_place_in_the_tree_are_seen(features):
    row = described(features, "Conducenti di autocarri pesanti", DRIVER)
    assert row["unit_title"] == pytest.approx(1.0, abs=1e-3)
    assert row["branch_title"] == 0.0
    assert described(features, "autocarri", ISCO_DRIVERS)["group"] == 1.0
    assert described(features, "dolci", PASTRY)["nested"] == 1.0


def test_the_head_of_a_title_is_compared_by_itself(features):
    assert described(features, "camionista di notte", DRIVER)["head"] == pytest.approx(1, abs=1e-3)


def test_a_title_without_words_is_described_by_zeros(features):
    row = described(features, "di", DRIVER)
    assert (row["closest"], row["letters"], row["head"], row["behind"]) == (0.0, 0.0, 0.0, 0.0)
