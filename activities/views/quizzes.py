"""Papers for who makes them: the list, the paper with its questions, print."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.questions import BankFilter
from activities.forms.quizzes import ArrangeForm, ChosenForm, DrawForm, QuizForm
from activities.models import Quiz
from activities.operations.attempts import finish_overdue
from activities.operations.quizzes import COLUMNS, arrange, delete_quiz, draw, put_on_paper, save_quiz
from activities.queries.activities import activities
from activities.queries.papers import paper_of
from activities.queries.persons import named_class
from activities.queries.questions import bank, lists_to_ask
from activities.queries.quizzes import class_results, class_sheet, quiz_rows, quizzes
from activities.rules.questions import as_letters
from activities.rules.quizzes import total
from activities.views.rights import may_edit, require_edit, require_seen
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.views.scope import classes_reached, require_class
from readers.views.told import address_of, done_or_told, tell_errors

ROWS = 30
OFFERED = 60


@require_safe
def quiz_list(request: SchoolRequest) -> HttpResponse:
    """All papers; of activities that are being planned only one's own."""
    rows = quizzes().filter(activity__in=_activities_seen(request))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    quiz_activities = activities().filter(kind__shape="quiz").exclude(state="cancelled")
    editable = [row for row in quiz_activities[:ROWS] if may_edit(request, row)]
    context = {"page": page, "rows": quiz_rows(list(page)), "activities": editable}
    return render(request, "activities/quizzes/list.html", context)


def _activities_seen(request: SchoolRequest) -> Any:
    rows = activities().order_by()
    if request.user.has_role(Role.LIBRARIAN) or request.user.has_role(Role.PRINCIPAL):
        return rows.values("pk")
    shown = rows.filter(published_at__lte=timezone.now(), state__in=("published", "over"))
    mine = rows.filter(responsible__account=request.user) | rows.filter(parent__responsible__account=request.user)
    return (shown | mine).values("pk")


@require_safe
def quiz_page(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """A paper: what is on it, what the bank offers, its classes."""
    quiz = quiz_seen(request, quiz_id)
    finish_overdue(at=timezone.now(), quiz_id=quiz.pk)
    edits = may_edit(request, quiz.activity)
    paper = paper_of(quiz.pk)
    within = _classes_shown(request, edits)
    context = {
        "quiz": quiz,
        "edits": edits,
        "lines": [(line, as_letters(line.right)) for line in paper],
        "points": total(paper),
        "classes": class_results(quiz, request.reference, timezone.localdate(), within=within),
        "reached": classes_reached(request),
        "is_open_to_change": edits and not quiz.attempts.exists(),
    }
    if context["is_open_to_change"]:
        context |= _offer(request, [line.question_id for line in paper])
    return render(request, "activities/quizzes/quiz.html", context)


def _classes_shown(request: SchoolRequest, edits: bool) -> Any:
    """Everybody's classes for the librarian, the principal and who answers for the quiz; else the own ones."""
    return None if edits or request.user.has_role(Role.PRINCIPAL) else classes_reached(request)


def _offer(request: SchoolRequest, there: list[int]) -> dict[str, Any]:
    """The bank as the address narrows it, without what is on the paper."""
    asked = BankFilter(request.GET).asked()
    rows = bank(asked).exclude(pk__in=there)
    offered = [(row, as_letters(row.right)) for row in rows[:OFFERED]]
    return {"asked": asked, "offered": offered, "free": rows.count(), "lists": lists_to_ask()}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Makes a paper of an activity."""
    activity = require_edit(request, activity_id)
    form = QuizForm(request.POST or None, initial={"name": activity.name[:60]})
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        row = save_quiz(activity_id=activity.pk, values=values, by=request.user, address=address_of(request))
        return redirect("quizzes:quiz", row.pk)
    return _form_page(request, form, activity=activity)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Changes name, time and hours of a paper."""
    quiz = quiz_edited(request, quiz_id)
    form = QuizForm(request.POST or None, initial={column: getattr(quiz, column) for column in COLUMNS})
    if form.is_bound and form.is_valid():
        save_quiz(
            quiz_id=quiz.pk, activity_id=quiz.activity_id, values=form.cleaned_data, by=request.user,
            address=address_of(request),
        )  # fmt: skip
        messages.success(request, _("Saved: %(name)s") % {"name": form.cleaned_data["name"]})
        return redirect("quizzes:quiz", quiz.pk)
    return _form_page(request, form, activity=quiz.activity, quiz=quiz)


@require_POST
def put(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Puts the ticked questions of the bank on the paper, or some by lot of those that fit the filter."""
    quiz = quiz_edited(request, quiz_id)
    offered = list(bank(BankFilter(request.GET).asked()).values_list("pk", flat=True)[:2000])
    act: dict[str, Any] = {"quiz_id": quiz.pk, "by": request.user, "address": address_of(request)}
    drawn, chosen = DrawForm(request.POST), ChosenForm(request.POST, offered=offered)
    if "draw" in request.POST and not drawn.is_valid():
        tell_errors(request, drawn)
    elif "draw" in request.POST:
        number = drawn.cleaned_data["number"]
        _put(request, lambda: draw(among=offered, number=number, **act))
    elif chosen.is_valid():
        _put(request, lambda: put_on_paper(question_ids=chosen.cleaned_data["questions"], **act))
    return redirect(f"{request.path.removesuffix('put/')}?{request.GET.urlencode()}#bank")


def _put(request: SchoolRequest, act: Any) -> None:
    count: list[int] = []
    if done_or_told(request, lambda: count.append(act())):
        told = ngettext("%(count)d question put on the paper.", "%(count)d questions put on the paper.", count[0])
        messages.success(request, told % {"count": count[0]})


@require_POST
def arranged(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Order and points of the questions; what is ticked goes off."""
    quiz = quiz_edited(request, quiz_id)
    form = ArrangeForm(request.POST, questions=[line.question_id for line in paper_of(quiz.pk)])
    if not form.is_valid():
        messages.error(request, _("Order and points are whole numbers; nothing was changed."))
    elif done_or_told(
        request,
        lambda: arrange(quiz_id=quiz.pk, points=form.points(), by=request.user, address=address_of(request)),
    ):
        messages.success(request, _("The paper was saved."))
    return redirect("quizzes:quiz", quiz.pk)


@require_POST
def delete(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Deletes a paper that nobody has answered."""
    quiz = quiz_edited(request, quiz_id)
    if done_or_told(request, lambda: delete_quiz(quiz_id=quiz.pk, by=request.user, address=address_of(request))):
        return redirect("activities:activity", quiz.activity_id)
    return redirect("quizzes:quiz", quiz.pk)


# --- print ----------------------------------------------------------------------------------------------------------


@require_safe
def sheet(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """The questions to print and to copy."""
    return _paper_page(request, quiz_id, "sheet")


@require_safe
def key(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """The right answers, with what explains them."""
    return _paper_page(request, quiz_id, "key")


@require_safe
def answer_sheets(request: SchoolRequest, quiz_id: int, class_id: int) -> HttpResponse:
    """A slip for each pupil of a class, with the name and a box for each question."""
    quiz = quiz_seen(request, quiz_id)
    if not may_edit(request, quiz.activity):
        require_class(request, class_id)
    today = timezone.localdate()
    school_class = named_class(class_id, request.reference, today)
    if school_class is None:
        raise Http404
    context = {"quiz": quiz, "school_class": school_class, "sheet": class_sheet(quiz.pk, class_id, today)}
    return render(request, "activities/quizzes/answer_sheets.html", context)


def _paper_page(request: SchoolRequest, quiz_id: int, name: str) -> HttpResponse:
    quiz = quiz_seen(request, quiz_id)
    paper = paper_of(quiz.pk)
    context = {"quiz": quiz, "lines": [(line, as_letters(line.right)) for line in paper], "points": total(paper)}
    return render(request, f"activities/quizzes/{name}.html", context)


# --- which paper ----------------------------------------------------------------------------------------------------


def quiz_seen(request: SchoolRequest, quiz_id: int) -> Quiz:
    """The paper; 404 where its activity must not be known."""
    quiz = get_object_or_404(quizzes().prefetch_related("activity__audiences"), pk=quiz_id)
    require_seen(request, quiz.activity_id)
    return quiz


def quiz_edited(request: SchoolRequest, quiz_id: int) -> Quiz:
    """The paper; 404 for who may not edit its activity."""
    quiz = get_object_or_404(quizzes(), pk=quiz_id)
    require_edit(request, quiz.activity_id)
    return quiz


def _form_page(request: SchoolRequest, form: QuizForm, **context: Any) -> HttpResponse:
    context = {"form": form, **context}
    return render(request, "activities/quizzes/form.html", context, status=422 if form.errors else 200)
