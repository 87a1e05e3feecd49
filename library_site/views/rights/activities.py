"""Rights around reading activities."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Reading activities"),
        "reading",
        [
            Right(_("Find the pages of reading activities"), ("reading:hub",)),
        ],
    ),
    (
        _("The library's page"),
        "library",
        [
            Right(_("See the library's page, also on the screen in the hall"), ("library:home", "library:screen")),
        ],
    ),
    (
        _("News of the library"),
        "news",
        [
            Right(_("Read the news"), ("news:list", "news:item")),
            Right(
                _("Write news, and choose the picture of the library's page"),
                ("news:new", "news:edit", "news:remove", "news:picture"),
            ),
        ],
    ),
    (
        _("Activities"),
        "activities",
        [
            Right(_("See activities that are published"), ("activities:list", "activities:activity")),
        ],
    ),
    (
        _("Pictures and files"),
        "files",
        [
            Right(_("See the files of what one may see"), ("files:file", "files:preview")),
        ],
    ),
    (
        _("Booklists"),
        "booklists",
        [
            Right(_("See booklists that are shown"), ("booklists:lists", "booklists:list")),
        ],
    ),
    (
        _("Suggestions to buy"),
        "suggestions",
        [
            Right(_("Suggest books, back those of others"), ("suggestions:own", "suggestions:new", "suggestions:back")),
            Right(_("See whether the library has a book that is being typed"), ("suggestions:check",)),
            Right(_("Enter slips of paper of readers"), ("suggestions:slips", "suggestions:who")),
            Right(
                _("Answer suggestions, take out the order list"),
                ("suggestions:list", "suggestions:mark", "suggestions:export", "suggestions:suggestion"),
            ),
        ],
    ),
    (
        _("Question bank"),
        "questions",
        [
            Right(
                _("Enter, paste, correct and print questions"),
                (
                    "questions:bank",
                    "questions:new",
                    "questions:paste",
                    "questions:export",
                    "questions:print",
                    "questions:edit",
                    "questions:retire",
                ),
            ),
        ],
    ),
    (
        _("Knowledge quizzes"),
        "quizzes",
        [
            Right(_("See papers and how classes did"), ("quizzes:quizzes", "quizzes:quiz", "quizzes:by_question")),
            Right(
                _("Make papers of activities that one answers for"),
                ("quizzes:new", "quizzes:edit", "quizzes:put", "quizzes:arrange", "quizzes:delete"),
            ),
            Right(_("Print papers and their keys"), ("quizzes:sheet", "quizzes:key")),
            Right(
                _("Print answer slips, key in answers, see the points of pupils"),
                (
                    "quizzes:slips",
                    "quizzes:key_in",
                    "quizzes:keyed",
                    "quizzes:take_back",
                    "quizzes:points",
                    "quizzes:export",
                ),
            ),
            Right(
                _("Answer a quiz in the browser, once"),
                (
                    "quizzes:own",
                    "quizzes:begin",
                    "quizzes:take",
                    "quizzes:save",
                    "quizzes:hand_in",
                    "quizzes:result",
                ),
            ),
        ],
    ),
]
