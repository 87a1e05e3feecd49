"""First-login codes: handed out on paper, good once, kept as a hash only."""

import secrets
import unicodedata
from datetime import datetime, timedelta

from django.contrib.auth.hashers import PBKDF2PasswordHasher

# No vowels, so that no words appear; nothing that looks like something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 8
HOLDS = timedelta(days=30)
# A random code needs no slow hash, which is there for passwords that people think up; a class of 45 would wait for
# half a minute. At login Django spends the time that is missing, so that nobody can tell a code from a password.
ITERATIONS = 30_000


def new_code() -> str:
    """A random code of eight signs; about 38 bits, and ten tries in a quarter of an hour."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def shown(code: str) -> str:
    """As printed: in two halves."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def as_typed(text: str) -> str:
    """What a child typed, without the hyphen, in small half-width letters."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in plain if sign.isalnum())


def hashed(code: str) -> str:
    """The code as it is kept."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(code, hasher.salt(), ITERATIONS)


def holds_until(at: datetime) -> datetime:
    """When a code made now ends."""
    return at + HOLDS
