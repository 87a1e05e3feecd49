"""Why something outside (a library server, a picture on the web) could not be had."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "address": _("This is no address of the web (http or https)."),
    "private": _("The address leads into the school's own network, not to the web."),
    "unreachable": _("It cannot be reached. Is there a network, and is the address right?"),
    "too_late": _("It did not answer in time."),
    "too_large": _("It sent more than can be taken."),
    "redirects": _("It keeps sending us elsewhere."),
    "status": _("It answered with the error %(status)s."),
    "not_sru": _("What answered is no SRU server."),
    "diagnostic": _("It refused the question: %(message)s"),
    "busy": _("Something else is being fetched just now. Try again."),
    "resting": _("It could not be reached a moment ago; it is asked again in a minute."),
    "no_picture": _("This is no picture that can be read. JPEG, PNG, WebP and GIF can."),
    "picture_too_large": _("The picture is too large: at most %(megabytes)s MB and %(pixels)s million pixels."),
}


class OutsideProblem(Exception):
    """`code` names the reason, `text` says it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def text(self) -> str:
        return str(TEXTS[self.code]) % self.params
