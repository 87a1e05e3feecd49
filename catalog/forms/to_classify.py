"""What comes back from the queue of titles to be classified."""

from django.http import QueryDict

from catalog.queries.classification import clc_number_of

MOST = 200


class ChosenClasses:
    """For each title named: the number typed at it, else the suggestion chosen at it; the others are left waiting."""

    def __init__(self, data: QueryDict) -> None:
        self.choices: dict[int, str] = {}
        self.no_numbers: dict[int, str] = {}
        for text in data.getlist("title")[:MOST]:
            if text.isascii() and text.isdigit() and len(text) < 16:
                self._read(int(text), data)

    def _read(self, title_id: int, data: QueryDict) -> None:
        typed = data.get(f"other-{title_id}", "").strip() or data.get(f"class-{title_id}", "").strip()
        number = clc_number_of(typed[:60])
        if number:
            self.choices[title_id] = number
        elif number is None:
            self.no_numbers[title_id] = typed
