import pytest

from matching.errors import LexiconError
from matching.taxonomy import Taxonomy
from matching.taxonomy.verbs import VerbNouns, read_verbs


def test_verbs_and_nouns_are_read_plain() -> None:
    read = read_verbs(
        {
            "nouns": {"vendere": ["vendita"]},
            "never": {"nouns": ["formaggio"]},
            "participles": {"words": ["assistito"]},
        }
    )
    assert read == VerbNouns(
        nouns={"vendere": ("vendita",)}, never=("formaggio",), participles=("assistito",)
    )


def test_without_a_file_there_are_none() -> None:
    assert read_verbs({}) == VerbNouns()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"verbs": {}}, "verbs"),
        ({"nouns": {"vendita": ["vendere"]}}, "vendita"),
        ({"nouns": {"vendere": "vendita"}}, "vendita"),
        ({"nouns": {"vendere": ["la vendita"]}}, "la vendita"),
        ({"nouns": {"vendere": [7]}}, "7"),
        ({"never": {"nouns": "formaggio"}}, "formaggio"),
    ],
)
def test_what_is_no_list_of_words_is_refused_by_name(
    content: dict[str, object], named: str
) -> None:
    with pytest.raises(LexiconError, match=named):
        read_verbs(content)


def test_the_lexicon_comes_with_its_verbs(taxonomy: Taxonomy) -> None:
    assert taxonomy.verbs.nouns["vendere"] == ("vendita",)
    assert "formaggio" in taxonomy.verbs.never
