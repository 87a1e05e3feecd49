import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from library_site.first_login import ALPHABET, LENGTH, as_typed, hashed, new_code, shown


def test_code_is_found_however_a_child_types_it():
    code = new_code()
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in shown(code))
    for typed in (shown(code), shown(code).upper(), f" {code[:4]} {code[4:]} ", wide):
        assert as_typed(typed) == code


@pytest.mark.parametrize("sign", "aeiou01l")
def test_code_has_no_sign_that_looks_like_another_or_makes_words(sign):
    assert sign not in ALPHABET


def test_same_code_is_never_kept_the_same_way():
    assert hashed("23456789") != hashed("23456789")
    assert PBKDF2PasswordHasher().verify("23456789", hashed("23456789"))
