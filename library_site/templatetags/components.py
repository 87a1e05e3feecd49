"""The parts that pages are built from; all of them are shown on the style page.

Parts that hold other content are block tags (`{% panel title=… %}…{% endpanel %}`), the others are included or
called in place. Each has its template in `templates/components/`.
"""

from collections.abc import Sized
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse

from library_site.access import may_open

register = template.Library()

KINDS = {
    "ok": "check-circle",
    "warn": "exclamation-triangle",
    "bad": "x-octagon",
    "info": "info-circle",
    "quiet": "dash-circle",
}
# django.contrib.messages level -> kind
MESSAGE_KINDS = {"debug": "quiet", "info": "info", "success": "ok", "warning": "warn", "error": "bad"}


@register.simple_block_tag
def page_head(content: str, *, title: str, lead: str = "") -> str:
    """The page's h1, one line of what it is for, and its actions (the content)."""
    return render_to_string("components/page_head.html", {"actions": content, "title": title, "lead": lead})


@register.simple_block_tag
def panel(content: str, *, title: str = "", icon: str = "") -> str:
    """A sheet of paper around the content; the title is an h2."""
    return render_to_string("components/panel.html", {"content": content, "title": title, "icon": icon})


@register.simple_block_tag
def data_table(content: str, *, rows: Sized, empty: str, caption: str = "", url: str = "", action: str = "") -> str:
    """A table (the content is its thead and tbody), or the sentence `empty` with a way out if there are no rows."""
    return render_to_string(
        "components/table.html",
        {"content": content, "rows": rows, "empty": empty, "caption": caption, "url": url, "action": action},
    )


@register.inclusion_tag("components/empty.html")
def empty_state(text: str, *, url: str = "", action: str = "", icon: str = "inbox") -> dict[str, Any]:
    """Nothing here, and what to do about it."""
    return {"text": text, "url": url, "action": action, "icon": icon}


@register.simple_block_tag
def filter_bar(content: str, *, label: str) -> str:
    """A GET form over the content (fields with labels), so that what is shown can be kept as an address."""
    return render_to_string("components/filter_bar.html", {"content": content, "label": label})


@register.inclusion_tag("components/status.html")
def status(kind: str, text: str, *, icon: bool = False) -> dict[str, Any]:
    """A badge; `kind` is one of ok, warn, bad, info, quiet. Colour never stands alone: the words say the same."""
    return {"kind": kind, "text": text, "icon": KINDS[kind] if icon else ""}


@register.inclusion_tag("components/notice.html")
def notice(kind: str, text: str, *, url: str = "", action: str = "") -> dict[str, Any]:
    """A sentence that must be seen, with a way on."""
    return {"kind": kind, "icon": KINDS[kind], "text": text, "url": url, "action": action}


@register.inclusion_tag("components/signal.html")
def signal(kind: str, text: str, *, note: str = "") -> dict[str, Any]:
    """The large answer to a scan."""
    return {"kind": kind, "icon": KINDS[kind], "text": text, "note": note}


@register.inclusion_tag("components/problems.html")
def problem_list(problems: Any) -> dict[str, Any]:
    """Why something cannot be done: each problem has a message, may be overridable, and links to its way out."""
    return {"problems": problems}


@register.inclusion_tag("components/progress.html")
def progress(*, label: str, done: int, total: int, url: str = "", ident: str = "progress") -> dict[str, Any]:
    """How far a job is. With `url`, the part asks it every second for its own successor, until one comes without."""
    return {"label": label, "done": done, "total": total, "url": url, "ident": ident}


@register.inclusion_tag("components/figure.html")
def figure(*, label: str, value: Any, unit: str = "", note: str = "", formula: str = "") -> dict[str, Any]:
    """One large number with the small print that makes it honest; a value of None shows a dash, not 0."""
    return {"label": label, "value": value, "unit": unit, "note": note, "formula": formula}


@register.simple_block_tag
def form_section(content: str, *, title: str, lead: str = "") -> str:
    """A group of fields under one question; for crispy layouts see `library_site.forms.layout.Section`."""
    return render_to_string("components/form_section.html", {"fields": content, "title": title, "lead": lead})


@register.simple_block_tag(takes_context=True)
def print_sheet(
    context: Context, content: str, *, title: str, landscape: bool = False, date: Any = None, note: str = ""
) -> str:
    """One or more A4 pages that begin with the school's name, a title and a date; the next sheet begins a new page."""
    return render_to_string(
        "components/print_sheet.html",
        {
            "content": content,
            "title": title,
            "landscape": landscape,
            "date": date,
            "note": note,
            "school": context.get("school"),
        },
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, Any]:
    """Pages of a list, keeping the other parameters of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.simple_tag(takes_context=True)
def may_go(context: Context, name: str) -> bool:
    """Whether the page of this URL name is open to whoever looks at this one: a link to it is drawn for nobody else."""
    user = context["request"].user
    roles = frozenset(user.roles) if user.is_authenticated else None
    return may_open(name, roles, public_search=False, debug=False)


@register.inclusion_tag("components/download.html", takes_context=True)
def download(context: Context, name: str, *, args: Any = None) -> dict[str, Any]:
    """The list of this page as an Excel file and as CSV, narrowed as the page is; `name` is the export's URL name.

    Draws nothing for whoever may not open that.
    """
    request = context["request"]
    asked = request.GET.copy()
    asked.pop("page", None)
    allowed = may_go(context, name)
    address = reverse(name, args=[args] if args is not None else []) if allowed else ""
    links = [(label, f"{address}?{_with(asked, ending)}") for label, ending in (("Excel", "xlsx"), ("CSV", "csv"))]
    return {"links": links if allowed else [], "request": request}


def _with(asked: QueryDict, ending: str) -> str:
    asked["as"] = ending
    return asked.urlencode()


@register.filter
def message_kind(tags: str) -> str:
    """The kind of a flash message from its level tag."""
    return MESSAGE_KINDS.get(tags, "info")


@register.filter
def kind_icon(kind: str) -> str:
    return KINDS[kind]
