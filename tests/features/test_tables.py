import pytest

from matching.features.tables import skill_space
from tests.factories import a_skill, a_space, a_taxonomy


def test_skills_under_one_broader_concept_are_kin_both_ways_and_not_to_themselves() -> None:
    space = a_space().skills
    kin = space.kin.todense()
    assert kin[space.numbers["pallets"], space.numbers["packing"]] == 1
    assert (kin == kin.T).all()
    assert not kin.diagonal().any()
    assert not kin[space.numbers["cooking"]].any()


def test_a_skill_is_kin_to_the_broader_skill_it_is_part_of() -> None:
    space = skill_space(a_taxonomy(skills=[a_skill("a"), a_skill("b", broader="a")]))
    assert space.kin[space.numbers["a"], space.numbers["b"]] == 1


def test_a_taxonomy_without_kin_is_accepted() -> None:
    space = skill_space(a_taxonomy(skills=[a_skill("a"), a_skill("b")]))
    assert space.kin.nnz == 0
    assert space.kin.shape == (2, 2)


@pytest.mark.parametrize("left_out", ["de", "it", "licence-b", "goods", "driver"])
def test_what_is_no_counted_skill_has_no_number(left_out: str) -> None:
    assert left_out not in a_space().skills.numbers
