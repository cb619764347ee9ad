import pytest

from matching.errors import DataError
from matching.linking.paraphrase_files import load_paraphrases


def write(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, "utf-8")
    return folder


def test_the_files_of_a_folder_are_read_together(tmp_path):
    write(
        tmp_path,
        moons='[paraphrases]\npolish = ["lune che brillano"]',
        stars='[paraphrases]\ndust = ["via la polvere", "stelle pulite"]',
    )
    found = load_paraphrases(tmp_path)
    assert dict(found) == {
        "polish": ("lune che brillano",),
        "dust": ("via la polvere", "stelle pulite"),
    }


def test_without_a_folder_there_is_none(tmp_path):
    assert dict(load_paraphrases(tmp_path / "nowhere")) == {}


def test_a_skill_of_two_files_is_refused(tmp_path):
    both = '[paraphrases]\npolish = ["una"]'
    with pytest.raises(DataError, match="'polish' stands in another file"):
        load_paraphrases(write(tmp_path, one=both, two=both))


@pytest.mark.parametrize(
    "content",
    ["paraphrases =", "other = 1", "paraphrases = 3", '[paraphrases]\na = "b"',
     "[paraphrases]\na = [1]", '[paraphrases]\na = [""]'],
)  # fmt: skip
def test_what_is_no_list_of_texts_is_refused_with_its_file(tmp_path, content):
    with pytest.raises(DataError, match=r"moons\.toml"):
        load_paraphrases(write(tmp_path, moons=content))
