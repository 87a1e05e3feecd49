"""Logging in and out, and one's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.audit import act
from library_site.authentication import session_seconds
from library_site.forms.account import FirstPasswordForm, LoginForm, OwnPasswordForm
from library_site.http import SchoolRequest
from readers.queries.self_service import is_closed_for


class OurLoginView(LoginView):
    """Login; how long it lasts depends on whose computer it is."""

    template_name = "account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:  # type: ignore[override]
        user = form.get_user()
        if is_closed_for(user, self.request.reference, timezone.localdate()):  # type: ignore[attr-defined]
            form.add_error(None, _("Pupils of your grade do not log in themselves. Ask the librarian."))
            return self.form_invalid(form)
        answer = super().form_valid(form)
        self.request.session.set_expiry(session_seconds(user))
        return answer


login = OurLoginView.as_view()
logout = LogoutView.as_view()


class OwnPasswordView(PasswordChangeView):
    """Anybody's own password; all other sessions of the account end."""

    template_name = "account/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: Form) -> HttpResponse:
        answer = super().form_valid(form)
        messages.success(self.request, _("The new password holds from now on."))
        return answer


password = OwnPasswordView.as_view()


def first_password(request: SchoolRequest) -> HttpResponse:
    """A password of one's own, in place of the code from paper; the code is no good any more."""
    user = request.user
    if user.code_until is None:
        return redirect("password")
    form = FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with act("first_password", by=user, address=request.META.get("REMOTE_ADDR")):
            form.save()
        update_session_auth_hash(request, user)
        messages.success(request, _("The new password holds from now on."))
        return redirect("home")
    return render(request, "account/first_password.html", {"form": form}, status=422 if form.errors else 200)
