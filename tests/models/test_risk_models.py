import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import DataError
from matching.models.ranker import LambdaRanker
from matching.models.risk_models import Hazard, RiskModel, read_hazard_model
from tests.models.packages import a_boosted_hazard, a_hazard, a_ranker, a_splined_hazard
from tests.repeats import examples

MODELS = [a_hazard, a_splined_hazard, a_boosted_hazard]
every = pytest.mark.parametrize("make", MODELS)


@every
def test_a_file_is_read_as_the_kind_that_it_names(make: Callable[[], Hazard]) -> None:
    back = read_hazard_model(make().to_json())
    assert type(back) is type(make())
    assert back.to_json() == make().to_json()
    assert isinstance(back, RiskModel)


def test_what_ranks_is_no_model_of_risk() -> None:
    assert isinstance(a_ranker(), LambdaRanker)
    assert not isinstance(a_ranker(), RiskModel)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        "{}",
        '{"format": null}',
        '{"format": ["valoriamo-hazard/1"]}',
        '{"format": "valoriamo-hazard/2"}',
        '{"format": "pickle"}',
    ],
)
def test_a_file_of_no_kind_that_is_known_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="restore the file or train again"):
        read_hazard_model(text)


@every
def test_a_file_that_names_another_kind_is_refused(make: Callable[[], Hazard]) -> None:
    content = json.loads(make().to_json())
    for other in MODELS:
        if other is not make:
            named = {**content, "format": json.loads(other().to_json())["format"]}
            with pytest.raises(DataError):
                read_hazard_model(json.dumps(named))


def damaged(draw: Callable[[Any], Any], content: Any) -> Any:
    """The content with one value somewhere in it replaced by another, or gone."""
    if isinstance(content, dict) and content and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(content)))
        return {**content, name: damaged(draw, content[name])}
    if isinstance(content, list) and content and draw(st.booleans()):
        at = draw(st.integers(0, len(content) - 1))
        return [*content[:at], damaged(draw, content[at]), *content[at + 1 :]]
    return draw(
        st.one_of(
            st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text(max_size=3),
            st.just([]), st.just({}), st.lists(st.none(), max_size=2),
        )
    )  # fmt: skip


@pytest.mark.slow
@every
def test_whatever_a_file_holds_it_is_read_or_refused_and_nothing_else(
    make: Callable[[], Hazard],
) -> None:
    content = json.loads(make().to_json())

    # A thousand in `make prove`.
    @settings(max_examples=examples(50), deadline=None)
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        text = json.dumps(damaged(data.draw, content))
        try:
            read_hazard_model(text)
        except DataError as refusal:
            assert str(refusal)  # noqa: PT017 - whether it is refused depends on the damage

    tried()
