"""Rights around reading activities."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Reading activities"),
        "reading",
        [
            Right(_("Find the pages of reading activities"), ("reading:hub",)),
            Right(_("Options of reading activities"), ("reading:options",)),
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
            Right(_("Register for an activity"), ("activities:register", "activities:unregister")),
            Right(_("Register pupils by ticking the list of a class"), ("activities:of_class",)),
            Right(
                _("See who registered, and register classes and reading groups"),
                (
                    "activities:people",
                    "activities:export",
                    "activities:numbers",
                    "activities:group",
                    "activities:take_back",
                ),
            ),
            Right(
                _("Plan, publish and close activities; teachers those that they answer for"),
                (
                    "activities:edit",
                    "activities:picture",
                    "activities:new_part",
                    "activities:copy",
                    "activities:step",
                    "activities:delete",
                    "activities:sessions",
                    "activities:week",
                    "activities:drop_session",
                    "activities:summary",
                ),
            ),
            Right(_("Print the record of an activity"), ("activities:record",)),
            Right(
                _("Begin activities, and keep their kinds"),
                ("activities:new", "activities:kinds", "activities:kind", "activities:kind_up"),
            ),
        ],
    ),
    (
        _("Reading groups"),
        "groups",
        [
            Right(_("See the reading groups that one is in or leads"), ("groups:groups", "groups:group")),
            Right(
                _("Members and meetings of the reading groups that one leads"),
                (
                    "groups:edit",
                    "groups:end",
                    "groups:members",
                    "groups:add_meeting",
                    "groups:meeting",
                    "groups:drop",
                ),
            ),
            Right(_("Found reading groups"), ("groups:new",)),
            Right(_("Overview of reading groups"), ("groups:overview",)),
        ],
    ),
    (
        _("Works of activities"),
        "entries",
        [
            Right(
                _("Enter works from paper, photograph and name them"),
                (
                    "entries:overview",
                    "entries:tick",
                    "entries:photos",
                    "entries:bring",
                    "entries:name",
                    "entries:mend",
                    "entries:work",
                    "entries:files",
                ),
            ),
            Right(
                _("List, accept and export the works of an activity one answers for"),
                ("entries:all", "entries:export", "entries:of_many", "entries:accept"),
            ),
            Right(
                _("Write and hand in the own work"),
                ("entries:own", "entries:draft", "entries:back", "entries:own_file"),
            ),
        ],
    ),
    (
        _("Judging"),
        "judging",
        [
            Right(_("Judge where one is named as a judge"), ("judging:mine", "judging:start", "judging:work")),
            Right(_("Name judges for an activity one answers for"), ("judging:judges", "judging:remove")),
        ],
    ),
    (
        _("Results"),
        "results",
        [
            Right(_("See published results"), ("results:results", "results:board")),
            Right(
                _("Deal and publish the prizes of an activity one answers for"),
                (
                    "results:export",
                    "results:scores",
                    "results:prizes",
                    "results:deal",
                    "results:give",
                    "results:people",
                    "results:publish",
                    "results:take",
                ),
            ),
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
            Right(
                _("Make booklists; teachers their own until they are reviewed"),
                (
                    "booklists:manage",
                    "booklists:new",
                    "booklists:edit",
                    "booklists:copy",
                    "booklists:delete",
                    "booklists:books",
                    "booklists:find",
                    "booklists:put",
                    "booklists:put_lacking",
                    "booklists:change",
                    "booklists:move",
                    "booklists:off",
                ),
            ),
            Right(
                _("Take in somebody's booklist, see what the library lacks of it"),
                (
                    "booklists:import",
                    "booklists:import_onto",
                    "booklists:lacking",
                    "booklists:export_lacking",
                    "booklists:arrived",
                    "booklists:choose",
                ),
            ),
            Right(_("See what came of a booklist"), ("booklists:figures", "booklists:export_figures")),
            Right(
                _("Review, show and end booklists; suggest what they lack"),
                ("booklists:review", "booklists:publish", "booklists:end", "booklists:buy"),
            ),
        ],
    ),
    (
        _("New-book bulletin"),
        "bulletin",
        [
            Right(_("Read the bulletin of new books"), ("bulletin:bulletin",)),
            Right(_("Take the bulletin out as a file"), ("bulletin:export",)),
            Right(_("Begin a booklist with new books"), ("bulletin:to_list",)),
        ],
    ),
    (_("Posters"), "posters", [Right(_("Print posters of books"), ("posters:posters",))]),
    (
        _("Required reading"),
        "quotas",
        [Right(_("Set how much is to be read"), ("quotas:quotas", "quotas:new", "quotas:quota", "quotas:remove"))],
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
        _("Book drift"),
        "drift",
        [
            Right(_("See where drifting books are"), ("drift:overview",)),
            Right(_("See the journey of a book"), ("drift:journey",)),
            Right(_("Say that one has a book, and what one thinks of it"), ("drift:receive", "drift:remark")),
            Right(
                _("Pass books on from their cards, release the words of readers"),
                ("drift:pass", "drift:remarks", "drift:release"),
            ),
            Right(
                _("Set books adrift and take them home, in activities that one answers for"),
                ("drift:new", "drift:cards", "drift:end", "drift:take_back"),
            ),
            Right(_("Take the list of drifting books out as a file"), ("drift:export",)),
        ],
    ),
    (
        _("Gifts of books"),
        "donations",
        [
            Right(
                _("Enter gifts of books, thank for them, hand them over to cataloguing"),
                (
                    "donations:register",
                    "donations:new",
                    "donations:export",
                    "donations:hand_over",
                    "donations:thanks",
                    "donations:thanked",
                    "donations:donation",
                    "donations:edit",
                    "donations:add",
                    "donations:take",
                    "donations:delete",
                    "donations:fate",
                    "donations:drop",
                ),
            ),
            Right(_("See gifts by class"), ("donations:by_class", "donations:export_by_class")),
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
                ("quizzes:new", "quizzes:edit", "quizzes:put", "quizzes:arrange", "quizzes:delete", "quizzes:winners"),
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
    (
        _("Message board"),
        "board",
        [
            Right(_("Read what is on the board"), ("board:board",)),
            Right(_("Write to the library"), ("board:write", "board:take_back")),
            Right(_("Enter messages from paper"), ("board:slips",)),
            Right(_("Read and answer messages, show them on the board"), ("board:list", "board:answer")),
        ],
    ),
    (
        _("Surveys"),
        "surveys",
        [
            Right(_("Answer surveys, see results that are shown"), ("surveys:mine", "surveys:answer", "surveys:told")),
            Right(
                _("See all surveys and what came out"),
                ("surveys:list", "surveys:survey", "surveys:sheet", "surveys:export"),
            ),
            Right(
                _("Make surveys, key in sheets, close them"),
                (
                    "surveys:new",
                    "surveys:edit",
                    "surveys:question",
                    "surveys:change",
                    "surveys:paper",
                    "surveys:paper_back",
                ),
            ),
        ],
    ),
    (
        _("Requests for material"),
        "material",
        [
            Right(_("Ask for material, see the answer"), ("material:own", "material:ask", "material:answered")),
            Right(_("Write down what readers ask for"), ("material:enter",)),
            Right(
                _("Answer requests with a list, set books aside, count them"),
                (
                    "material:list",
                    "material:export",
                    "material:request",
                    "material:add",
                    "material:drop",
                    "material:note",
                    "material:aside",
                    "material:class_set",
                ),
            ),
        ],
    ),
]
