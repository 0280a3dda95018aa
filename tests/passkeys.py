"""A passkey in software: it answers the questions of a page as a device does, with real signatures."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html import unescape
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "testserver"
FLAG = AuthenticatorData.FLAG


def options_of(page: HttpResponse) -> dict[str, Any]:
    """What the page asks of the browser."""
    found = re.search(r'data-options="([^"]+)"', page.content.decode())
    assert found, "the page asks for no passkey"
    return dict(json.loads(unescape(found[1]))["publicKey"])


class SoftKey:
    """`flags`: what the device says it checked; with UV it asked for finger, face or PIN."""

    def __init__(self, *, host: str = HOST, origin: str = "", flags: FLAG = FLAG.UP | FLAG.UV):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = sha256(str(self.secret.private_numbers().private_value).encode()).digest()
        self.host, self.origin, self.flags = host, origin or f"https://{host}", flags
        self.user_handle = ""

    def _client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), self.origin)

    def _device_data(self, flags: FLAG, credential: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, 0, credential)

    def create(self, options: dict[str, Any]) -> str:
        """The answer to "make a passkey", as the form's field holds it."""
        self.user_handle = options["user"]["id"]
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        attestation = AttestationObject.create(
            "none", self._device_data(self.flags | FLAG.AT, credential), {}
        )
        client = self._client_data("webauthn.create", options["challenge"])
        return self._answer(
            {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)},
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any], *, user_handle: str | None = None) -> str:
        """The answer to "who are you"."""
        client = self._client_data("webauthn.get", options["challenge"])
        device = self._device_data(self.flags)
        signature = self.secret.sign(device + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(device),
                "signature": websafe_encode(signature),
                "userHandle": self.user_handle if user_handle is None else user_handle,
            },
            {},
        )

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": extensions,
            }
        )


def some_credential() -> dict[str, Any]:
    """A passkey as it is kept, made for nobody."""
    question = {"challenge": websafe_encode(b"0" * 32), "user": {"id": websafe_encode(b"0")}}
    return dict(json.loads(SoftKey().create(question)))
