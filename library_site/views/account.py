from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from library_site.forms.account import LoginForm, OwnPasswordForm

login = LoginView.as_view(
    template_name="account/login.html", authentication_form=LoginForm, redirect_authenticated_user=True
)
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
