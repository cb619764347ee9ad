from dataclasses import replace

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from matching.models import boosted_scoring
from matching.models.boosted_hazard import BoostedHazard
from matching.models.boosted_scoring import BoostedScorer, boosted_scorer
from matching.models.hazard_loops import compiled_fold, fold
from matching.models.spells import exits
from matching.models.tree_loops import compiled_tree_loops
from tests.models.histories import history

X, Y = history(500)
MODEL = BoostedHazard(members=2, directions={}).fit(
    X, Y.assign(event=np.where(X["noise"] > 0.5, "inactive", Y["event"]))
)
VALUES = X.to_numpy()


def scorer(loops: object) -> BoostedScorer:
    """The trees of the model and of its members, with compiled loops or without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boosted_scoring, "compiled_tree_loops", lambda: loops)
        return boosted_scorer(
            [fit.level for fit in MODEL.fits_],
            [tuple(t and lgb.Booster(model_str=t) for t in fit.texts) for fit in MODEL.fits_],
            MODEL._stretch(),
            3,
        )


def test_trees_are_scored_stretch_by_stretch_as_lightgbm_scores_them() -> None:
    margins = scorer(compiled_tree_loops()).margins(VALUES, 24)
    assert margins.shape == (5, 3, 2, 500)
    looks = 0
    for number in range(5):
        rows = np.column_stack([np.full(500, float(number)), VALUES])
        for model, fit in enumerate(MODEL.fits_):
            for cause, text in enumerate(fit.texts):
                assert text is not None
                expected = lgb.Booster(model_str=text).predict(rows, raw_score=True)
                np.testing.assert_allclose(margins[number, model, cause], expected, atol=1e-9)
                looks += int(
                    not np.allclose(margins[number, model, cause], margins[0, model, cause])
                )
    assert looks > 0


def test_without_compiled_loops_lightgbm_scores_the_same() -> None:
    ours, theirs = scorer(compiled_tree_loops()), scorer(None)
    assert theirs.by_person is None
    np.testing.assert_allclose(ours.margins(VALUES, 9), theirs.margins(VALUES, 9), atol=1e-9)


@pytest.mark.parametrize("loop", [None, fold, compiled_fold()], ids=["numpy", "loop", "compiled"])
def test_months_add_up_to_the_same_chances_however_they_are_folded(loop: object) -> None:
    whole = scorer(compiled_tree_loops())
    found = replace(whole, fold=loop).chances(VALUES[:150], [0, 5, 23])
    worked, gone = exits(*whole.hazards(VALUES[:150], 24))
    np.testing.assert_allclose(
        found[:, :, 0::2], 1 - worked[[0, 5, 23]].transpose(1, 2, 0), atol=1e-12
    )
    np.testing.assert_allclose(found[:, :, 1::2], gone[[0, 5, 23]].transpose(1, 2, 0), atol=1e-12)


def test_a_person_has_the_same_chance_alone_and_among_many() -> None:
    everybody = MODEL.predict(X)
    for row in (0, 7, 499):
        alone = MODEL.predict(X[row : row + 1])
        pd.testing.assert_frame_equal(alone, everybody[row : row + 1], check_exact=True)


def test_the_parts_of_the_margins_sum_to_what_lies_between_two_people() -> None:
    whole = scorer(compiled_tree_loops())
    typical = VALUES[3]
    parts, start = whole.parts(VALUES[:40], typical, 24)
    apart = whole.margins(VALUES[:40], 24)[:, 0] - start.reshape(5, 2, 1)
    np.testing.assert_allclose(
        parts.sum(axis=1), apart.transpose(2, 0, 1).reshape(40, 10), atol=1e-9
    )


def test_margins_go_back_to_the_hazards_they_came_from() -> None:
    whole = scorer(compiled_tree_loops())
    margins = whole.margins(VALUES[:40], 24)[:, 0].transpose(2, 0, 1).reshape(40, 10)
    for found, expected in zip(
        whole.from_margins(margins, 24), whole.hazards(VALUES[:40], 24), strict=True
    ):
        np.testing.assert_allclose(found, expected[:, 0], atol=1e-12)


def test_what_is_by_month_is_summed_by_stretch_and_cause() -> None:
    whole = scorer(compiled_tree_loops())
    work = np.arange(24.0)[:, None] + np.zeros((24, 2))
    found = whole.summed(work, 100 * work)
    sums = [work[a:b, 0].sum() for a, b in ((0, 3), (3, 6), (6, 12), (12, 18), (18, 24))]
    expected = [part for one in sums for part in (one, 100 * one)]
    np.testing.assert_allclose(found, [expected, expected])
    assert whole.summed(work[:7], work[:7]).shape == (2, 6)
