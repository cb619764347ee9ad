from matching.explanation.subjects import SUBJECTS
from matching.features import BY_NAME
from tests.explanation.claims import WORDINGS


def test_every_reason_says_which_features_it_speaks_of() -> None:
    keys = {key for key in WORDINGS["it"].sentences if key.startswith("reason.")}
    names = {key.removeprefix("reason.") for key in keys}
    # These name the features that no other sentence speaks of.
    assert SUBJECTS.keys() == names - {"other_for", "other_against"}


def test_the_features_of_a_sentence_are_the_catalogs_and_of_one_dimension() -> None:
    for name, columns in SUBJECTS.items():
        assert len({BY_NAME[column].dimension for column in columns}) == 1, name
        assert name.startswith(str(BY_NAME[columns[0]].dimension)), name
