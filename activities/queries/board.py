"""Messages as the board, their writers and the librarian see them."""

from django.db.models import Count, QuerySet

from activities.models import Message


def shown_messages() -> QuerySet[Message]:
    """What everybody at the school may read, the newest first; pages name the writer's category alone."""
    return Message.objects.filter(state=Message.State.SHOWN).order_by("-at", "-pk")


def own_messages(reader_id: int) -> QuerySet[Message]:
    """All that a reader wrote, the newest first."""
    return Message.objects.filter(reader=reader_id).order_by("-at", "-pk")


def messages_in(state: str) -> QuerySet[Message]:
    """For the librarian: what waits begins with the oldest, all else with the newest."""
    rows = Message.objects.filter(state=state).select_related("reader")
    return rows.order_by("at", "pk") if state == Message.State.WAITING else rows.order_by("-at", "-pk")


def message_counts() -> dict[str, int]:
    """How many messages are in which state."""
    rows = Message.objects.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}
