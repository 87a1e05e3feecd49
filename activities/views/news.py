"""News of the library: the list, one piece, and writing it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.news import LibraryPictureForm, NewsForm
from activities.models import NewsItem
from activities.operations.news import drop_news, save_news, set_library_picture
from activities.queries.news import all_news, shown_news
from activities.queries.settings import activity_options
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.views.told import address_of

ROWS = 20


@require_safe
def news_list(request: SchoolRequest) -> HttpResponse:
    """The news that is shown; to the librarian all of it, and the picture of the library's page."""
    writes = _writes(request)
    rows = all_news() if writes else shown_news(timezone.localdate())
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "writes": writes,
        "today": timezone.localdate(),
        "picture": activity_options(request.reference).picture if writes else None,
        "form": LibraryPictureForm() if writes else None,
    }
    return render(request, "activities/news/list.html", context)


@require_safe
def item(request: SchoolRequest, news_id: int) -> HttpResponse:
    """A piece of news; 404 before it is shown and once it has ended, but for the librarian."""
    rows = all_news() if _writes(request) else shown_news(timezone.localdate())
    context = {"news": get_object_or_404(rows, pk=news_id), "writes": _writes(request)}
    return render(request, "activities/news/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Writes a piece of news."""
    return _form_page(request, NewsItem(), _("Write news"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, news_id: int) -> HttpResponse:
    """Changes a piece of news, or takes it off the page."""
    return _form_page(request, get_object_or_404(all_news(), pk=news_id), _("Change news"))


@require_POST
def remove(request: SchoolRequest, news_id: int) -> HttpResponse:
    """Takes a piece of news away."""
    get_object_or_404(NewsItem, pk=news_id)
    drop_news(news_id=news_id, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("news:list")


@require_POST
def picture(request: SchoolRequest) -> HttpResponse:
    """The picture at the head of the library's page; without a file there is none."""
    form = LibraryPictureForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["picture"])))
        return redirect("news:list")
    upload = next(iter(form.cleaned_data["picture"]), None)
    try:
        set_library_picture(picture=upload, by=request.user, at=timezone.now(), address=address_of(request))
    except Refused as refusal:
        messages.error(request, refusal.problems[0].message)
    return redirect("news:list")


def _form_page(request: SchoolRequest, news: NewsItem, title: str) -> HttpResponse:
    form = NewsForm(request.POST or None, request.FILES or None, instance=news)
    if form.is_bound and form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved."))
        return redirect("news:list")
    context = {"form": form, "title": title, "news": news if news.pk else None}
    return render(request, "activities/news/form.html", context, status=422 if form.errors else 200)


def _saved(request: SchoolRequest, form: NewsForm) -> bool:
    given = form.cleaned_data
    try:
        save_news(
            news=form.save(commit=False),
            is_shown=given["is_shown"],
            picture=next(iter(given["picture"]), None),
            drops_picture=given.get("drops_picture", False),
            by=request.user,
            at=timezone.now(),
            address=address_of(request),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _writes(request: SchoolRequest) -> bool:
    return request.user.is_authenticated and request.user.has_role(Role.LIBRARIAN)
