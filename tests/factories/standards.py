"""Standards and their rows."""

from decimal import Decimal

from reports.models import Standard, StandardRow


def make_standard(*rows: tuple[str, str, str, str], name: str = "本省小学标准", **fields: object) -> Standard:
    """A standard that applies; each row is (measure, subject, sense, value)."""
    standard = Standard.objects.create(name=name, **{"school_type": "primary", "applies": True, **fields})
    for measure, subject, sense, value in rows:
        StandardRow.objects.create(
            standard=standard, measure=measure, subject=subject, sense=sense, value=Decimal(value)
        )
    return standard
