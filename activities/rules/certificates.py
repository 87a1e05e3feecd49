"""What a certificate says."""

from dataclasses import dataclass

from activities.models import Honour
from activities.rules.names import inside_quotes
from readers.models import Reader

OCCASION = "{occasion}"  # stands in the words of an award for the semester or activity


@dataclass(frozen=True)
class Certificate:
    """One certificate: to whom (`whom`: pupil, teacher, class), and the words of its award, empty for the usual."""

    honour: Honour
    whom: str
    words: str

    @property
    def occasion(self) -> str:
        """As the usual words quote it."""
        return inside_quotes(self.honour.occasion)


def certificate_of(honour: Honour) -> Certificate:
    """The certificate of an honour, whose reader and proposal's rule were read with it."""
    rule_words = honour.proposal.run.rule.words if honour.proposal else ""
    return Certificate(honour, _whom(honour), rule_words.replace(OCCASION, honour.occasion))


def _whom(honour: Honour) -> str:
    """A line without a reader is of a class or group where no class stands beside the name, else of a pupil."""
    if honour.reader is not None:
        return "pupil" if honour.reader.category == Reader.Category.STUDENT else "teacher"
    return "pupil" if honour.class_name else "class"
