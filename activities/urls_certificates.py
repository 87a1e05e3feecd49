"""URLs of certificates."""

from django.urls import path

from activities.views import certificates

app_name = "certificates"
urlpatterns = [path("", certificates.print_certificates, name="print")]
