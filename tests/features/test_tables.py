import numpy as np
import pytest
from scipy import sparse

from matching.features.tables import PersonSkills, matrix, product, skill_space
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


def test_some_rows_of_a_table_are_taken_in_the_order_given_and_as_often() -> None:
    table = PersonSkills(
        credit=sparse.csr_array(np.diag([1.0, 2.0, 3.0])),
        with_kin=sparse.csr_array(np.diag([4.0, 5.0, 6.0])),
        shown=np.array([7.0, 8.0, 9.0]),
    )
    some = table.take(np.array([2, 0, 2]))
    assert some.credit.toarray().tolist() == [[0, 0, 3], [1, 0, 0], [0, 0, 3]]
    assert some.with_kin.toarray().tolist() == [[0, 0, 6], [4, 0, 0], [0, 0, 6]]
    assert some.shown.tolist() == [9, 7, 9]


def test_a_matrix_holds_its_cells_and_nothing_else() -> None:
    found = matrix([{2: 1.0, 0: 2.0}, {}, {2: 0.5}], 3)
    assert found.toarray().tolist() == [[2.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.5]]
    assert found.has_canonical_format
    assert matrix([], 3).shape == (0, 3)


@pytest.mark.parametrize(("many", "people"), [(0, 3), (2, 0), (1, 5), (64, 3), (65, 3), (130, 1)])
def test_a_product_is_the_dense_one_however_many_vacancies_there_are(
    many: int, people: int
) -> None:
    chance = np.random.default_rng(many)
    asked, held = (chance.random((rows, 7)).round() * 0.75 for rows in (many, people))
    found = product(sparse.csr_array(asked), sparse.csr_array(held))
    np.testing.assert_allclose(found, asked @ held.T)


@pytest.mark.parametrize("many", [0, 1, 3, 70])
def test_a_product_with_some_rows_is_to_the_last_bit_what_all_give_there(many: int) -> None:
    asked, held = (
        sparse.random_array((rows, 30), density=0.4, rng=np.random.default_rng(rows), format="csr")
        for rows in (many, 12)
    )
    for rows in ([], [11, 0, 3, 3], list(range(12))):
        some = np.array(rows, dtype=np.int64)
        np.testing.assert_array_equal(product(asked, held, some), product(asked, held)[:, some])
