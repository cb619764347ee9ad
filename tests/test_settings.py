import secrets
from pathlib import Path

import pytest

from matching.errors import SettingsError
from matching.settings import (
    read_settings,
    required_taxonomy_url,
    required_token,
    shipped_data,
    taxonomy_checksums,
    user_home,
)


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "DATA_DIR", "LEXICON_DIR", "TERRITORY", "LANGUAGE", "API_TOKEN"):
        monkeypatch.delenv(f"VALORIAMO_{name}", raising=False)


def test_without_variables_the_shipped_data_are_read_in_italian() -> None:
    settings = read_settings()
    assert (settings.data_dir, settings.lexicon_dir) == (shipped_data(), None)
    assert settings.language == "it"
    assert (settings.data_dir / "lexicon").is_dir()


def test_the_home_is_in_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert user_home() == Path("/srv/data/valoriamo")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/lucia")
    assert read_settings().home == Path("/home/lucia/.local/share/valoriamo")


def test_a_command_wins_over_a_variable_unless_it_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VALORIAMO_HOME", "/srv/one")
    assert read_settings(home=None).home == Path("/srv/one")
    assert read_settings(home="/srv/two").home == Path("/srv/two")


def test_a_variable_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALORIAMO_HOME", "")
    assert read_settings().home == user_home()


def test_a_tilde_is_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/lucia")
    monkeypatch.setenv("VALORIAMO_HOME", "~/valoriamo")
    assert read_settings().home == Path("/home/lucia/valoriamo")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERRITORY", "../lecco"),
        ("TERRITORY", "Lecco"),
        ("LANGUAGE", "fr"),
        ("DATA_DIR", "/no/such/folder"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"VALORIAMO_{name}", value)
    with pytest.raises(SettingsError, match=f"VALORIAMO_{name}=.*{value}.*Correct the variable"):
        read_settings()


def test_every_wrong_value_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALORIAMO_LANGUAGE", "fr")
    monkeypatch.setenv("VALORIAMO_TERRITORY", "!")
    with pytest.raises(SettingsError, match=r"TERRITORY='!'.*LANGUAGE='fr'"):
        read_settings()


def test_other_variables_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALORIAMO_SHARED", "/srv/shared")
    assert read_settings().language == "it"


def test_a_token_made_by_chance_is_taken_and_shown_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = secrets.token_urlsafe(32)
    monkeypatch.setenv("VALORIAMO_API_TOKEN", token)
    settings = read_settings()
    assert required_token(settings).get_secret_value() == token
    assert token not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_there_is_no_token_unless_one_is_set() -> None:
    with pytest.raises(SettingsError, match=r"VALORIAMO_API_TOKEN is not set.*token_urlsafe"):
        required_token(read_settings())


@pytest.mark.parametrize(
    "token",
    ["changeme", "0123456789abcdefghijklmnopqrstu", "a" * 64, "ab" * 32, "perché" * 8,
     "a blank is not for a header line", "tab\tand\nline 0123456789abcdefghij"],
)  # fmt: skip
def test_a_token_that_can_be_guessed_or_sent_by_nobody_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("VALORIAMO_API_TOKEN", token)
    with pytest.raises(SettingsError, match=r"VALORIAMO_API_TOKEN=\(secret\): ") as caught:
        read_settings()
    assert token not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("size", ["0", "1023", "many"])
def test_a_limit_that_lets_nothing_in_is_refused(
    monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setenv("VALORIAMO_API_MAX_BYTES", size)
    with pytest.raises(SettingsError, match=f"VALORIAMO_API_MAX_BYTES='{size}'"):
        read_settings()


def test_checksums_of_the_taxonomy_are_read_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    assert taxonomy_checksums(read_settings()) == {}
    one, other = "A" * 64, "0" * 64
    monkeypatch.setenv("VALORIAMO_TAXONOMY_SHA256", f"relations={one}, classification-en={other}")
    assert taxonomy_checksums(read_settings()) == {
        "relations": one.lower(),
        "classification-en": other,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAXONOMY_SHA256", "relations=abc"),
        ("TAXONOMY_SHA256", "0" * 64),
        ("TAXONOMY_URL", "file:///srv/{part}.zip"),
        ("TAXONOMY_URL", "https://mirror.example/a.zip"),
    ],
)
def test_a_place_of_the_taxonomy_that_cannot_be_used_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"VALORIAMO_{name}", value)
    with pytest.raises(SettingsError, match=f"VALORIAMO_{name}"):
        read_settings()


def test_without_an_address_there_is_no_taxonomy_to_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VALORIAMO_TAXONOMY_URL", raising=False)
    with pytest.raises(SettingsError, match="import ARCHIVE"):
        required_taxonomy_url(read_settings())
    monkeypatch.setenv("VALORIAMO_TAXONOMY_URL", "https://mirror.example/{part}.zip")
    assert required_taxonomy_url(read_settings()) == "https://mirror.example/{part}.zip"
