"""All URLs; each name stands in `library_site.access`."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.i18n import set_language

from library_site.setup.views import first_start
from library_site.views import home, style

urlpatterns = [
    path("", home.home, name="home"),
    path(
        "login/", LoginView.as_view(template_name="account/login.html", redirect_authenticated_user=True), name="login"
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("desk/", include("circulation.urls")),
    path("start/", first_start, name="first_start"),
    path("style/", style.style, name="style"),
    path("", include("catalog.urls")),
    path("reports/", include("reports.urls")),
]
