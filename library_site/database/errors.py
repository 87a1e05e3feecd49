"""Why the embedded server cannot be used, in words for the person at the terminal."""


class DatabaseUnavailable(RuntimeError):
    """One message in Chinese and English; shown without a traceback."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
