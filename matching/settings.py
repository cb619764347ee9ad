"""Process settings, read once from ``VALORIAMO_*`` environment variables."""

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from matching.errors import SettingsError

_MEGABYTE = 1024 * 1024
_SECRETS = frozenset({"api_token", "database_url", "database_owner_url", "oidc_client_secret"})
_TOKEN_LENGTH = 32
_TOKEN_VARIETY = 8  # different characters, which any token made by chance has
_CHECKSUM = r"\s*[a-z-]+\s*=\s*[0-9a-fA-F]{64}\s*"
_CHECKSUMS = rf"^{_CHECKSUM}(,{_CHECKSUM})*$"
_MAKE_TOKEN = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'


def shipped_data() -> Path:
    """The data folder: beside the packages in a checkout, inside the package in a wheel."""
    inside = Path(__file__).parent / "_data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def user_home() -> Path:
    """Where state lives unless told: the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "valoriamo"


class Settings(BaseSettings):
    """Settings of one process. Unknown ``VALORIAMO_*`` variables are ignored by design.

    ``home`` holds all state (cached index, and later the store and the registry); ``data_dir``
    is the reference data, ``lexicon_dir`` another lexicon than the one in it, ``taxonomy_dir``
    another imported taxonomy than the one in the home; ``territory`` names a folder of
    ``data/territories``; ``ocr`` reads scans by text recognition. ``api_token`` is what callers
    of the API must send, and ``api_max_bytes`` the most that one request may hold.
    ``taxonomy_url`` is where the archives of the official taxonomy are fetched from, ``{part}``
    and ``{version}`` filled in, and ``taxonomy_sha256`` their checksums, as ``part=sha256`` with
    commas between. ``peer_python`` is the Python of an environment with scikit-survival, which
    benchmarks of risk are compared with. ``database_url`` is the database of the hub's service,
    ``sqlite:///FILE`` or ``postgresql://...``, by default a file of the home; on PostgreSQL
    ``database_owner_url`` is its owner's, who alone may change tables. ``keyring`` is the file of
    keys, ``api_per_minute`` how many requests each account or token may make, and ``anchor`` the
    file outside the database that the journal's heads are noted in.
    ``api_seconds`` is the time within which a request is answered, ``api_threads`` how many are
    worked on at once, ``log_level`` from which gravity on lines are logged, and ``public_url`` the
    address at which people reach the service, where a proxy stands before it.
    ``oidc_issuer`` is an identity provider to sign in through (OpenID Connect), to which we are
    ``oidc_client_id`` with ``oidc_client_secret``, or with what the file
    ``oidc_client_secret_file`` holds; ``oidc_second_factor`` lists, with commas between, what it
    says of a sign-in by two factors. A variable set to nothing counts as not set.
    """

    model_config = SettingsConfigDict(
        env_prefix="VALORIAMO_", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    home: Path = Field(default_factory=user_home)
    data_dir: Path = Field(default_factory=shipped_data)
    lexicon_dir: Path | None = None
    taxonomy_dir: Path | None = None
    territory: str | None = Field(default=None, pattern=r"^[a-z0-9_-]+$")
    language: str = Field(default="it", pattern=r"^(it|en)$")
    ocr: bool = False
    api_token: SecretStr | None = None
    api_max_bytes: int = Field(default=10 * _MEGABYTE, ge=1024, le=1024 * _MEGABYTE)
    taxonomy_url: str | None = Field(default=None, pattern=r"^https?://.*\{part\}")
    taxonomy_sha256: str | None = Field(default=None, pattern=_CHECKSUMS)
    peer_python: Path | None = None
    database_url: SecretStr | None = None
    database_owner_url: SecretStr | None = None
    api_per_minute: int = Field(default=600, ge=10, le=1_000_000)
    api_seconds: int = Field(default=120, ge=1, le=3600)
    api_threads: int = Field(default=16, ge=2, le=200)
    log_level: str = Field(default="info", pattern=r"^(debug|info|warning)$")
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s?#]+$")
    keyring: Path | None = None
    anchor: Path | None = None
    oidc_issuer: str | None = Field(default=None, pattern=r"^https?://[^\s?#]+$")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_client_secret_file: Path | None = None
    oidc_second_factor: str | None = None

    @field_validator(
        "home", "data_dir", "lexicon_dir", "taxonomy_dir", "peer_python", "keyring", "anchor",
        "oidc_client_secret_file",
    )  # fmt: skip
    @classmethod
    def _without_tilde(cls, value: Path | None) -> Path | None:
        # Service files and containers set variables without a shell that knows what ~ is.
        return value.expanduser() if value else value

    @field_validator("data_dir")
    @classmethod
    def _exists(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @field_validator("api_token")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr | None) -> SecretStr | None:
        token = value.get_secret_value() if value else None
        if token is None:
            return value
        if len(token) < _TOKEN_LENGTH or len(set(token)) < _TOKEN_VARIETY:
            raise ValueError(
                f"a token of at least {_TOKEN_LENGTH} characters made by chance is needed: "
                f"{_MAKE_TOKEN}"
            )
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError("a token is of letters, digits and signs, without blanks")
        return value


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment, with the values a command was given on top.

    Raises
    ------
    SettingsError
        Naming every variable that cannot be used, and its value.
    """
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"VALORIAMO_{name.upper()}={'(secret)' if name in _SECRETS else repr(value)}: {said}"
            for name, value, said in (
                (str(item["loc"][0]), item["input"], item["msg"]) for item in error.errors()
            )
        )
        raise SettingsError(f"{problems}. Correct the variable or unset it.") from error


def taxonomy_folder(settings: Settings) -> Path:
    """Where the imported taxonomy is kept."""
    return settings.taxonomy_dir or settings.home / "taxonomy"


def ledger_path(settings: Settings) -> Path:
    """Where the fund's ledger is kept, unless a command names another file."""
    return settings.home / "fund" / "ledger.jsonl"


def database_url(settings: Settings) -> str:
    """The address of the hub's database for whoever serves."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{settings.home / 'hub.db'}"


def database_owner_url(settings: Settings) -> str:
    """The address of the hub's database for whoever may change its tables."""
    if settings.database_owner_url is not None:
        return settings.database_owner_url.get_secret_value()
    return database_url(settings)


def keyring_path(settings: Settings) -> Path:
    """Where the keys are: in a folder of their own, so that they can lie on another disk."""
    return settings.keyring or settings.home / "keys" / "keyring.json"


def anchor_path(settings: Settings) -> Path:
    """Where the heads of the journal are noted, outside the database."""
    return settings.anchor or settings.home / "anchor" / "journal.heads"


def taxonomy_checksums(settings: Settings) -> dict[str, str]:
    """The checksum of each archive that the settings know, by the name of its part."""
    pairs = (pair.split("=") for pair in (settings.taxonomy_sha256 or "").split(",") if pair)
    return {part.strip(): checksum.strip().lower() for part, checksum in pairs}


def required_taxonomy_url(settings: Settings) -> str:
    """The address that the archives of the official taxonomy are fetched from.

    Raises
    ------
    SettingsError
        Without one: the portal itself sends the archives to an e-mail address that a person
        gives there, so there is no address to have by default.
    """
    if settings.taxonomy_url is None:
        raise SettingsError(
            "VALORIAMO_TAXONOMY_URL is not set. The ESCO portal sends its archives to an e-mail "
            "address: get them there by hand (CSV, classification and relations) and run "
            "valoriamo taxonomy import ARCHIVE..., or set the variable to your own copy, such as "
            "https://mirror.example/esco/v{version}/{part}.csv.zip."
        )
    return settings.taxonomy_url


def required_token(settings: Settings) -> SecretStr:
    """The token that callers of the API must send.

    Raises
    ------
    SettingsError
        Without one: there is no default, which others would know.
    """
    if settings.api_token is None:
        raise SettingsError(
            "VALORIAMO_API_TOKEN is not set, and the API does not start without a token. Make "
            f"one: {_MAKE_TOKEN}"
        )
    return settings.api_token
