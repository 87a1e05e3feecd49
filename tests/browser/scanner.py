"""A scanner as the browser hears it: fast key presses, under whatever input method is on."""

import time

from playwright.sync_api import Page

# A scanner's pace. The keys carry these times themselves: on a busy machine they would arrive at a person's pace.
SECONDS_PER_KEY = 0.008
KEYS = {"-": ("Minus", 189), ".": ("Period", 190)}


def _key(character: str) -> tuple[str, int]:
    """The physical key of a character and its Windows code."""
    if character.isdigit():
        return f"Digit{character}", ord(character)
    if character.isalpha():
        return f"Key{character.upper()}", ord(character.upper())
    return KEYS[character]


def scan(page: Page, code: str, *, method: str = "off") -> None:
    """Presses the keys of `code` and Enter in one burst.

    `method`: "off" sends plain keys; "pinyin" what Chromium hears while a Chinese input method composes (key
    "Process", the letters held in an unfinished word); "full" a method in full-width mode; "caps" Caps Lock on.
    """
    session = page.context.new_cdp_session(page)
    began = time.time()
    for index, character in enumerate(code):
        _press(session, character, code[: index + 1], method, began + index * SECONDS_PER_KEY)
    _enter(session, method, began + len(code) * SECONDS_PER_KEY)
    session.detach()


def _press(session, character: str, so_far: str, method: str, at: float) -> None:
    code, number = _key(character)
    shift = 8 if character.isupper() else 0
    composing = method in ("pinyin", "full")
    text = character.swapcase() if method == "caps" else character
    session.send(
        "Input.dispatchKeyEvent",
        {
            "type": "rawKeyDown" if composing else "keyDown",
            "code": code,
            "key": "Process" if composing else text,
            "windowsVirtualKeyCode": 229 if composing else number,
            "modifiers": shift,
            "timestamp": at,
            **({} if composing else {"text": text}),
        },
    )
    if method == "pinyin":
        session.send(
            "Input.imeSetComposition", {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)}
        )
    if method == "full":
        session.send("Input.insertText", {"text": chr(ord(character) + 0xFEE0)})
    session.send(
        "Input.dispatchKeyEvent", {"type": "keyUp", "code": code, "key": text, "windowsVirtualKeyCode": number}
    )


def _enter(session, method: str, at: float) -> None:
    composing = method == "pinyin"
    session.send(
        "Input.dispatchKeyEvent",
        {
            "type": "rawKeyDown" if composing else "keyDown",
            "code": "Enter",
            "timestamp": at,
            "key": "Process" if composing else "Enter",
            "windowsVirtualKeyCode": 229 if composing else 13,
            **({} if composing else {"text": "\r"}),
        },
    )
    session.send(
        "Input.dispatchKeyEvent", {"type": "keyUp", "code": "Enter", "key": "Enter", "windowsVirtualKeyCode": 13}
    )
