"""An identity provider on the loopback of this machine, which plays as it is told."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "valoriamo-lecco", "a secret of the provider's"
SUBJECT = "TINIT-INVENTED-0001"
CODE = "code-1"
REDIRECT = "https://desk.example/v1/sessions/provider"


@dataclass
class Playing:
    """What the provider answers; a test changes what it wants to be wrong."""

    issuer: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    signed_with: Any = None
    header: dict[str, str] = field(default_factory=lambda: {"alg": "ES256", "kid": "one"})
    claims: dict[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    document: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    token_body: bytes | None = None
    challenge: str = ""
    nonce: str = ""
    asked: list[str] = field(default_factory=list)

    def authorize(self, url: str) -> dict[str, str]:
        """What a browser comes back with from an address that it was sent to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert (query["client_id"], query["redirect_uri"]) == (CLIENT, REDIRECT)
        self.challenge, self.nonce = query["code_challenge"], query["nonce"]
        return {"code": CODE, "state": query["state"], "iss": self.issuer}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, bytes]:
        if self.token_body is not None or self.token_status != 200:
            return self.token_status, self.token_body or b"{}"
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (form["code"], challenge, authorization) != (CODE, self.challenge, f"Basic {basic}"):
            return 400, b'{"error": "invalid_grant", "error_description": "Anna Rossi"}'
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "exp": now + 300, "iat": now,
            "nonce": self.nonce, **self.claims,
        }  # fmt: skip
        for name in self.without:
            del claims[name]
        if self.header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (self.header, claims))
            coded = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
            signed = ".".join(coded) + "."
        else:
            signed = jwt.encode(
                self.header, claims, self.signed_with or self.key, algorithms=[self.header["alg"]]
            )
        answer = {"access_token": "at", "token_type": "Bearer", "id_token": signed}
        return 200, json.dumps(answer).encode()


@contextmanager
def a_provider() -> Iterator[Playing]:
    """A provider that answers until it is no longer needed."""
    playing = Playing()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            playing.asked.append(self.path)
            if self.path.endswith("/openid-configuration"):
                self._answer(200, json.dumps(playing.configuration()).encode())
            else:
                keys = {"keys": [playing.key.as_dict(private=False), {"kty": "new", "kid": "x"}]}
                self._answer(200, json.dumps(keys).encode())

        def do_POST(self) -> None:
            playing.asked.append(self.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*playing.token(form, self.headers.get("authorization", "")))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", f"{playing.issuer}/elsewhere")
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *parts: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    playing.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield playing
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
