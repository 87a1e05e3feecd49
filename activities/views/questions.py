"""The bank of questions: the list, entering one after the other, pasting many, print."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.quizzes import bank_table
from activities.forms.questions import BankFilter, PasteForm, QuestionForm, question_initial
from activities.imports.questions import MOST, as_text, read_questions
from activities.models import Question
from activities.operations.questions import add_questions, retire_question, save_question
from activities.queries.questions import bank, lists_to_ask
from activities.rules.questions import Draft, as_letters, places_of
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.shared.spreadsheets import SheetProblem, open_sheets
from library_site.views.downloads import download
from readers.views.told import address_of

ROWS = 50
MOST_PRINTED = 300


@require_safe
def bank_page(request: SchoolRequest) -> HttpResponse:
    """The questions that can be asked, narrowed as the address says."""
    asked = BankFilter(request.GET).asked()
    page = Paginator(bank(asked), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "lists": lists_to_ask(), "kinds": Question.Kind.choices}
    context["lines"] = [(row, as_letters(row.right)) for row in page]
    return render(request, "activities/questions/bank.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The bank as it is narrowed; read in again it adds nothing."""
    return download(request, bank_table(bank(BankFilter(request.GET).asked()).iterator()))


@require_safe
def printed(request: SchoolRequest) -> HttpResponse:
    """The questions with their answers, to read through on paper."""
    rows = bank(BankFilter(request.GET).asked())[:MOST_PRINTED]
    return render(request, "activities/questions/print.html", {"lines": [(row, as_letters(row.right)) for row in rows]})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Enters a question; the page then waits for the next one about the same book."""
    kept = {name: request.GET.get(name, "") for name in ("book_list", "book")}
    form = QuestionForm(request.POST or None, lists=lists_to_ask(), initial=kept)
    if form.is_bound and form.is_valid() and (saved := _save(request, form, None)):
        messages.success(request, _("Saved: %(question)s") % {"question": saved.text[:60]})
        about = {"book_list": form.cleaned_data["book_list"] or "", "book": form.cleaned_data["book"]}
        return redirect(reverse("questions:new", query=about))
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, question_id: int) -> HttpResponse:
    """Corrects a question; one that was answered stays as it was asked."""
    row = get_object_or_404(Question.objects.select_related("title"), pk=question_id)
    initial = question_initial(row) | {"answer": as_letters(row.right)}
    form = QuestionForm(request.POST or None, lists=lists_to_ask(), initial=initial)
    if form.is_bound and form.is_valid() and (saved := _save(request, form, row.pk)):
        told = _("Saved: %(question)s") if saved.pk == row.pk else _("Saved as a new question: %(question)s")
        messages.success(request, told % {"question": saved.text[:60]})
        return redirect("questions:bank")
    return _form_page(request, form, row)


@require_POST
def retire(request: SchoolRequest, question_id: int) -> HttpResponse:
    """No longer offers a question, or does so again."""
    row = get_object_or_404(Question, pk=question_id)
    retire_question(
        question_id=row.pk, retired=not row.is_retired, by=request.user, address=address_of(request)
    )  # fmt: skip
    return redirect("questions:bank")


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SchoolRequest) -> HttpResponse:
    """Reads a pasted text or a sheet, shows what was understood, and takes it into the bank when told to."""
    form = PasteForm(request.POST or None, request.FILES or None, lists=lists_to_ask())
    context: dict[str, Any] = {"form": form, "most": MOST}
    if form.is_bound and form.is_valid():
        text = _text(form)
        rows = read_questions(text)
        good = [row.draft for row in rows if not row.problems]
        if "take" in request.POST and good:
            return _taken(request, form, good)
        form.data = _with_text(form.data, text)
        context |= {"rows": [(row, as_letters(row.draft.right)) for row in rows], "good": len(good)}
    return render(request, "activities/questions/paste.html", context, status=422 if form.errors else 200)


def _taken(request: SchoolRequest, form: PasteForm, drafts: list[Draft]) -> HttpResponse:
    about = {"title_id": form.title_id, "book_list_id": form.cleaned_data["book_list"]}
    new = add_questions(drafts=drafts, by=request.user, address=address_of(request), **about)
    told = ngettext("%(count)d question was taken into the bank.", "%(count)d questions were taken into the bank.", new)
    messages.success(request, told % {"count": new})
    if known := len(drafts) - new:
        there = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        messages.info(request, there % {"count": known})
    return redirect("questions:bank")


def _text(form: PasteForm) -> str:
    """What was pasted; a sheet's rows come instead, where one was sent."""
    sent: UploadedFile | None = form.cleaned_data["file"]
    if sent is None:
        return str(form.cleaned_data["text"])
    try:
        return _text_of_sheet(sent)
    except SheetProblem:
        form.add_error("file", _("This is no sheet that can be read."))
        return str(form.cleaned_data.get("text", ""))


def _text_of_sheet(sent: UploadedFile) -> str:
    with NamedTemporaryFile() as file:
        for part in sent.chunks():
            file.write(part)
        file.flush()
        first = next(iter(open_sheets(Path(file.name))), None)
        return as_text(first.rows) if first else ""


def _with_text(data: Any, text: str) -> Any:
    """What was sent, with the text that was read, so that it can be corrected and read again."""
    again = data.copy()
    again["text"] = text
    return again


def _save(request: SchoolRequest, form: QuestionForm, question_id: int | None) -> Question | None:
    data = form.cleaned_data
    draft = Draft(data["text"].strip(), form.options(), places_of(data["answer"]), data["explanation"].strip())
    try:
        return save_question(
            question_id=question_id, draft=draft, title_id=form.title_id, book_list_id=data["book_list"],
            by=request.user, address=address_of(request),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _form_page(request: SchoolRequest, form: QuestionForm, question: Question | None) -> HttpResponse:
    context = {"form": form, "question": question}
    return render(request, "activities/questions/form.html", context, status=422 if form.errors else 200)
