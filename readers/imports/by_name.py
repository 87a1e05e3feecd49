"""Finds the pupil that a row means when it gives no number: by class and name, then by name within the grade.

A grade is everybody who came to the school in one year, whatever class or stage they are in now; so a pupil is found
after classes were divided anew (分班) and after the step from primary to junior middle school. Whoever could be
meant in more than one way is left for a choice.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from readers.imports.people import Listed, Person
from readers.rules.class_text import ClassKey
from readers.rules.naming import GradeNames, position_in_stage
from readers.rules.school_years import length_of

_STAGES = ("primary", "junior", "senior")


@dataclass(frozen=True)
class Grades:
    """The school's grades in the school year for which the roster holds."""

    start_year: int
    names: GradeNames

    def cohort(self, key: ClassKey) -> int:
        """The year in which the pupils of a class came, or would have come, to the school's first stage."""
        before = _STAGES[: _STAGES.index(key[0])]
        return key[1] - sum(length_of(stage, self.names) for stage in before)

    def is_past(self, key: ClassKey) -> bool:
        """Whether a class is beyond the last year of its stage."""
        return position_in_stage(key[1], self.start_year) > length_of(key[0], self.names)

    def all_in(self, classes: Collection[ClassKey]) -> bool:
        """Whether every grade has a class among these: then the roster is that of the whole school."""
        return set(self.names) <= {(key[0], position_in_stage(key[1], self.start_year)) for key in classes}


@dataclass
class ByName:
    """Who may be meant by class and name. `undecided` are those for whom a choice is open."""

    people: Mapping[int, Person]
    listed: Listed
    grades: Grades
    choices: Mapping[int, int]  # {row: reader, 0 for somebody new}
    undecided: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        numbers = {person.number for person in self.people.values() if person.number}
        self.whole_school = self.grades.all_in(self.listed.classes)
        self._rows: Counter[tuple[ClassKey, str]] = Counter()
        self._at: defaultdict[tuple[ClassKey, str], list[Person]] = defaultdict(list)
        self._classes: defaultdict[tuple[int, str], set[ClassKey]] = defaultdict(set)
        for row, key, name, number in self.listed.rows:
            if key and row not in self.choices and number not in numbers:
                self._rows[key, name] += 1
                self._classes[self.grades.cohort(key), name].add(key)
        for person in self._free(self.people.values()):
            if person.class_key:
                self._at[person.class_key, person.name].append(person)
                self._classes[self.grades.cohort(person.class_key), person.name].add(person.class_key)

    def _free(self, people: Iterable[Person]) -> Iterable[Person]:
        """Pupils who are here, whom no number of the sheet names and no choice has taken."""
        chosen = set(self.choices.values())
        for person in people:
            is_named = person.number and person.number in self.listed.numbers
            if person.is_pupil_here and not is_named and person.pk not in chosen:
                yield person

    def is_listed(self, key: ClassKey | None) -> bool:
        """Whether the roster tells who is in this class now, so that whoever is missing has gone."""
        return key is not None and (key in self.listed.classes or self.whole_school)

    def candidates(self, key: ClassKey, name: str, number: str) -> tuple[list[Person], bool]:
        """Whom the row may mean, and whether that is beyond doubt: (one person, True), (several, False) or ([], True).

        Somebody of the name in the class itself; else somebody of the grade who is missing from the own class.
        """
        here = self._fitting(key, name, number)
        if len(here) > self._rows[key, name]:
            return here, False
        waiting = [person for person in here if not person.row]
        if waiting:
            return waiting[:1], True
        missing = self._missing(key, name, number)
        if not missing:
            return [], True
        return missing, len(missing) == 1 and self._unplaced(key, name) == 1

    def _fitting(self, key: ClassKey, name: str, number: str) -> list[Person]:
        """Two numbers that differ are two people."""
        return [person for person in self._at[key, name] if not (number and person.number)]

    def _missing(self, key: ClassKey, name: str, number: str) -> list[Person]:
        found = []
        for other in sorted(self._classes[self.grades.cohort(key), name] - {key}):
            fitting = self._fitting(other, name, number)
            gone = self.is_listed(other) or self.grades.is_past(other)
            if gone and len(fitting) > self._rows[other, name]:
                found += [person for person in fitting if not person.row]
        return found

    def _unplaced(self, key: ClassKey, name: str) -> int:
        """Rows of this name in the grade for whom nobody stands in their class."""
        classes = self._classes[self.grades.cohort(key), name]
        return sum(max(0, self._rows[other, name] - len(self._at[other, name])) for other in classes)
