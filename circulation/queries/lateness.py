"""How late a book is as pages say it: in open days, as overdue costs count them."""

from datetime import date

from circulation.models import Loan
from circulation.queries.settings import open_days
from library_site.shared.reference import Reference


def days_late(loan: Loan, today: date, reference: Reference) -> int:
    """Open days since the book could have been back, at least one once such a day is over; 0 while it is not late.

    The calendar is looked at for late books only, and costs no statement once it is cached.
    """
    if today <= loan.due_on:
        return 0
    days = open_days(reference, category=loan.category, location_id=loan.copy.location_id)
    back = days.on_or_after(loan.due_on)
    return max(1, days.count(after=back, until=today)) if today > back else 0
