"""The identity provider of the settings, if there is one in front."""

from urllib.parse import urlsplit

from matching.access.oidc import Client
from matching.errors import SettingsError
from matching.settings import Settings

BACK = "/v1/sessions/provider"
"""Where the provider sends people back to."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def provider_client(settings: Settings) -> Client | None:
    """What we are to the identity provider of the settings, None without one.

    Raises
    ------
    SettingsError
        Where the settings say half of it, or the provider is asked without encryption.
    """
    if settings.oidc_issuer is None:
        return None
    address = urlsplit(settings.oidc_issuer)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise SettingsError(
            f"VALORIAMO_OIDC_ISSUER={settings.oidc_issuer!r}: what it says could be altered on "
            "the way. Give its address with https."
        )
    if settings.oidc_client_id is None:
        raise SettingsError(
            "VALORIAMO_OIDC_ISSUER is set and VALORIAMO_OIDC_CLIENT_ID is not. Set it to the name "
            "that the provider knows this installation by."
        )
    said = (settings.oidc_second_factor or "").split(",")
    return Client(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=_secret(settings),
        confirmed_by=frozenset(value.strip() for value in said if value.strip()),
    )


def provider_redirect(settings: Settings) -> str:
    """The address that the provider sends people back to; it has to be registered there.

    Raises
    ------
    SettingsError
        Without the address of this installation, or one without encryption.
    """
    if settings.public_url is None:
        raise SettingsError(
            "VALORIAMO_OIDC_ISSUER is set and VALORIAMO_PUBLIC_URL is not, so nobody would come "
            "back from the provider. Set it to where this installation is reached: "
            "https://hub.example."
        )
    address = urlsplit(settings.public_url)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise SettingsError(
            f"VALORIAMO_PUBLIC_URL={settings.public_url!r}: whoever comes back from the provider "
            "would be heard on the way. Give the address with https."
        )
    return settings.public_url.rstrip("/") + BACK


def _secret(settings: Settings) -> str | None:
    given, file = settings.oidc_client_secret, settings.oidc_client_secret_file
    if given is not None and file is not None:
        raise SettingsError(
            "VALORIAMO_OIDC_CLIENT_SECRET and VALORIAMO_OIDC_CLIENT_SECRET_FILE are both set; "
            "unset one."
        )
    if file is None:
        return None if given is None else given.get_secret_value()
    try:
        secret = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"VALORIAMO_OIDC_CLIENT_SECRET_FILE={file}: cannot be read ({type(error).__name__})."
        ) from error
    if not secret:
        raise SettingsError(f"VALORIAMO_OIDC_CLIENT_SECRET_FILE={file}: there is nothing in it.")
    return secret
