"""Who may come in: API keys, other sites' pages, and how often a client may ask."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from converter.errors import UsageError
from converter.web.problems import Refusal

if TYPE_CHECKING:
    from starlette.datastructures import Headers

_PREFIX = "zh_"
_CLIENTS = 10_000
"""So many clients are remembered; the one that was away longest is forgotten first."""


def new_key(name: str) -> tuple[str, str]:
    """A new API key, and the line for the file of keys: the name and the SHA-256 of the key.

    A key has 256 random bits, so that a fast hash is enough: there is nothing to guess.
    """
    key = _PREFIX + secrets.token_urlsafe(32)
    return key, f"{name} {_hash(key)}"


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


class Keys:
    """The API keys that are accepted; none at all means that nobody needs one."""

    def __init__(self, path: str | None) -> None:
        """Reads the file. Raises UsageError where it cannot be read or a line is not a name and a hash."""
        self.needed = path is not None
        self._names: dict[str, str] = {}
        if path is None:
            return
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"The file of API keys “{path}” cannot be read.", f"无法读取密钥文件“{path}”。") from None
        for number, line in enumerate(lines, 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            if len(words) != 2 or len(words[1]) != 64:
                raise UsageError(
                    f"{path}, line {number}: not a name and a hash; make one with `converter serve --new-key NAME`.",
                    f"{path} 第 {number} 行：应为名称和散列值，可用 converter serve --new-key 名称 生成。",
                )
            self._names[words[1].lower()] = words[0]

    def name(self, headers: Headers) -> str | None:
        """Whose key a request brings, as a bearer token, as the password of basic authentication, or in `X-API-Key`."""
        scheme, _, value = headers.get("authorization", "").partition(" ")
        key = headers.get("x-api-key", "")
        if scheme.lower() == "bearer":
            key = value.strip()
        elif scheme.lower() == "basic":
            try:
                key = base64.b64decode(value, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return None
        given = _hash(key)
        return next((name for known, name in self._names.items() if hmac.compare_digest(known, given)), None)


def no_key() -> Refusal:
    """The answer to a request without a key that is accepted; browsers ask their user for one."""
    return Refusal(
        "no-key",
        "Send an API key of this service: Authorization: Bearer KEY.",
        "请提供本服务的 API 密钥：Authorization: Bearer 密钥。",
        WWW_Authenticate='Basic realm="converter", charset="UTF-8", Bearer',
    )


def foreign(headers: Headers, allowed: frozenset[str]) -> Refusal | None:
    """Why a request that changes something cannot come in: the page of another site sends it (CSRF).

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; programs send neither.
    """
    origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "")
    if origin in allowed or (not origin and site in {"", "none", "same-origin"}):
        return None
    if site in {"same-origin", "none"} or (not site and urlsplit(origin).netloc == headers.get("host", "")):
        return None
    return Refusal(
        "foreign-page",
        "A page of another site may not use this service; see the option allow_origin.",
        "不接受其他网站页面的请求；参见选项 allow_origin。",
    )


class Rates:
    """How often each client may ask: a bucket of tokens that fills by `rate` a minute and holds a sixth of that."""

    def __init__(self, rate: int) -> None:
        self._rate, self._most = rate / 60, max(10.0, rate / 6)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def refusal(self, client: str) -> Refusal | None:
        """Takes a token of this client; why it may not ask now, if there is none."""
        if not self._rate:
            return None
        now = time.monotonic()
        tokens, then = self._buckets.pop(client, (self._most, now))
        tokens = min(self._most, tokens + (now - then) * self._rate)
        self._buckets[client] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        if tokens >= 1:
            return None
        wait = max(1, round((1 - tokens) / self._rate))
        return Refusal(
            "too-many-requests",
            f"This client asks too often. Try again in {wait} seconds.",
            f"请求过于频繁，请在 {wait} 秒后重试。",
            Retry_After=str(wait),
        )
