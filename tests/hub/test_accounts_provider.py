from pathlib import Path
from typing import Any

import pytest

from matching.access.oidc import Client
from matching.errors import SettingsError
from matching.hub.accounts_provider import provider_client
from matching.settings import read_settings

ISSUER = "https://id.example/realm"


def client_of(**given: Any) -> Client | None:
    return provider_client(read_settings(**given))


def test_without_an_issuer_there_is_no_provider() -> None:
    assert client_of() is None


def test_the_settings_say_who_we_are_to_the_provider(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("a secret\n")
    given = {"oidc_issuer": ISSUER, "oidc_client_id": "valoriamo"}
    assert client_of(**given) == Client(issuer=ISSUER, client_id="valoriamo")
    from_variable = client_of(**given, oidc_client_secret="a secret", oidc_second_factor="l2, otp,")
    assert from_variable == Client(
        issuer=ISSUER, client_id="valoriamo", secret="a secret",
        confirmed_by=frozenset({"l2", "otp"}),
    )  # fmt: skip
    from_file = client_of(**given, oidc_client_secret_file=file)
    assert from_file is not None
    assert from_file.secret == "a secret"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"oidc_client_id": None}, "CLIENT_ID"),
        ({"oidc_issuer": "http://id.example"}, "https"),
        ({"oidc_client_secret_file": "/no/such/file"}, "cannot be read"),
        ({"oidc_client_secret_file": "/dev/null"}, "nothing in it"),
        ({"oidc_client_secret_file": "/dev/null", "oidc_client_secret": "x"}, "unset one"),
    ],
)
def test_settings_that_say_half_of_it_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        client_of(**{"oidc_issuer": ISSUER, "oidc_client_id": "valoriamo", **given})


def test_a_secret_that_cannot_be_used_is_not_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(oidc_issuer="nothing", oidc_client_secret="canary-secret")
    assert "canary-secret" not in str(refused.value)
