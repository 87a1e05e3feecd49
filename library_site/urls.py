"""All URLs; each name stands in `library_site.access`."""

from django.urls import include, path
from django.views.i18n import set_language

from library_site.setup.views import first_start
from library_site.views import account, home, style

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("account/password/", account.password, name="password"),
    path("language/", set_language, name="set_language"),
    path("desk/", include("circulation.urls")),
    path("start/", first_start, name="first_start"),
    path("style/", style.style, name="style"),
    path("", include("catalog.urls")),
    path("reports/", include("reports.urls")),
]
