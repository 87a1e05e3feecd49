"""One class: who leads it, who is in it; and a pupil's move to another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.forms.school_years import ClassTeacherForm, MoveForm
from readers.models import ClassMembership, Reader
from readers.operations.class_teacher import appoint_class_teacher
from readers.operations.move_class import move_class
from readers.queries.classes import class_names_on, classes_on
from readers.queries.school_years import grown_ups, pupils_of, teachers_of


@require_http_methods(["GET", "POST"])
def school_class(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The pupils of a class and who leads it; a change of teacher is one line with its day."""
    today = timezone.localdate()
    name = class_names_on(request.reference, today).get(class_id)
    if name is None:
        raise Http404
    teachers = teachers_of(class_id)
    form = ClassTeacherForm(request.POST or None, teachers=grown_ups(), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            appoint_class_teacher(
                class_id=class_id,
                reader_id=form.cleaned_data["teacher"],
                since=form.cleaned_data["since"],
                by=request.user,
                address=request.META.get("REMOTE_ADDR"),
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("readers:school_class", class_id)
    context = {
        "name": name,
        "form": form,
        "teachers": teachers,
        "pupils": pupils_of(class_id),
        "sees_readers": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "readers/years/class.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def move(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """A pupil moves to another class from a day on: one form."""
    today = timezone.localdate()
    reader = get_object_or_404(Reader, pk=reader_id, category=Reader.Category.STUDENT)
    stay = ClassMembership.objects.filter(reader=reader, until=None).first()
    classes = [(row.pk, row.name) for row in classes_on(request.reference, today)]
    form = MoveForm(request.POST or None, classes=classes, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            move_class(
                reader_id=reader_id,
                class_id=form.cleaned_data["school_class"],
                since=form.cleaned_data["since"],
                today=today,
                by=request.user,
                address=request.META.get("REMOTE_ADDR"),
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s has moved.") % {"name": reader.name})
            return redirect("readers:school_class", form.cleaned_data["school_class"])
    name = class_names_on(request.reference, today).get(stay.school_class_id, "") if stay else ""
    context = {"reader": reader, "stay": stay, "class_name": name, "form": form}
    return render(request, "readers/years/move.html", context, status=422 if form.errors else 200)
