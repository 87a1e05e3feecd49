"""Titles: published works as catalogued (种)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.classification import ClcClass
from catalog.models.label_dates import spines_due_when_title_changes
from catalog.models.shelf_order import title_key
from library_site.tracking import tracked

# Derived columns: rebuilt from the others whenever a title is written, so their history says nothing.
DERIVED = ("pinyin", "initials", "search", "search_summary", "popularity", "import_fingerprint", "shelf_key")

# Long columns that no list of titles or books shows.
LONG = ("search", "search_summary", "pinyin", "initials", "summary")


def long_columns(path: str = "") -> list[str]:
    """What to defer where titles are read through `path` (such as "copy__title"): on a scan they cost a millisecond."""
    return [f"{path}__{column}" if path else column for column in LONG]


@tracked(exclude=DERIVED, inserts=False)
class Title(models.Model):
    """A bibliographic record. Several titles may share an ISBN (a set), so ISBN is indexed and not unique."""

    class Material(models.TextChoices):
        BOOK = "book", _("Book")
        BOUND_VOLUME = "bound", _("Bound volume")
        ISSUE = "issue", _("Single issue")
        AUDIOVISUAL = "av", _("Audio-visual")
        EBOOK = "ebook", _("E-book")

    class Audience(models.TextChoices):
        STUDENT = "student", _("Students")
        LOWER = "lower", _("Lower grades")
        TEACHER = "teacher", _("Teachers")
        ALL = "all", _("Everyone")

    class ReadingStage(models.TextChoices):
        PICTURE = "picture", _("Picture books and first readers")
        LOWER_PRIMARY = "primary_lower", _("Primary, lower grades")
        MIDDLE_PRIMARY = "primary_middle", _("Primary, middle grades")
        UPPER_PRIMARY = "primary_upper", _("Primary, upper grades")
        JUNIOR = "junior", _("Junior middle school")
        SENIOR = "senior", _("Senior middle school")

    name = models.CharField(_("title"), max_length=400)
    subtitle = models.CharField(_("other title"), max_length=400, blank=True)
    # Of a part that is a title of its own (分册): its number and name, as they follow the title.
    part = models.CharField(_("part"), max_length=200, blank=True, db_default="")
    author = models.CharField(_("author"), max_length=400, blank=True)
    translator = models.CharField(_("translator"), max_length=400, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    place = models.CharField(_("place of publication"), max_length=100, blank=True)
    published = models.CharField(_("year of publication"), max_length=20, blank=True)
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    series = models.CharField(_("series"), max_length=200, blank=True)
    pages = models.CharField(_("pages"), max_length=100, blank=True)
    size = models.CharField(_("size"), max_length=50, blank=True)
    binding = models.CharField(_("binding"), max_length=50, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, db_collation="C")
    summary = models.TextField(_("summary"), blank=True)
    subjects = models.CharField(pgettext_lazy("of a book", "subject"), max_length=400, blank=True, db_default="")
    keywords = models.CharField(_("keywords"), max_length=400, blank=True)
    course = models.CharField(_("school subject"), max_length=40, blank=True, db_default="")
    language = models.CharField(_("language"), max_length=3, blank=True, db_default="chi", db_collation="C")
    # How many volumes the set has; `price` is then that of the whole set, a copy's is its share.
    volumes = models.PositiveSmallIntegerField(_("volumes of the set"), null=True, blank=True)
    material = models.CharField(_("material"), max_length=10, choices=Material.choices, default=Material.BOOK)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    stage = models.CharField(_("reading stage"), max_length=16, choices=ReadingStage.choices, blank=True, db_default="")
    has_pinyin = models.BooleanField(_("with pinyin"), db_default=False)
    # The number as it stands on the book; `clc_class` is its longest known prefix, `main_class` its first letter.
    clc_number = models.CharField(_("CLC number"), max_length=60, blank=True, db_collation="C")
    book_number = models.CharField(_("book number"), max_length=40, blank=True, db_collation="C")
    clc_class = models.ForeignKey(ClcClass, on_delete=models.PROTECT, null=True, blank=True, related_name="titles")
    main_class = models.CharField(_("main class"), max_length=1, blank=True, db_collation="C")
    # The number under which the school's old list or system knew this title: what imports match by.
    school_number = models.CharField(_("the school's own number"), max_length=64, blank=True, db_collation="C")
    # Of the row it was imported from when that row had no number: the same row again is the same title.
    import_fingerprint = models.CharField(max_length=40, blank=True, db_collation="C")
    pinyin = models.CharField(max_length=1200, blank=True, db_collation="C")
    initials = models.CharField(max_length=400, blank=True, db_collation="C")
    search = SearchVectorField(null=True)
    search_summary = SearchVectorField(null=True)
    popularity = models.PositiveIntegerField(default=0)
    # Sorts as the books stand on the shelf.
    shelf_key = models.GeneratedField(
        expression=title_key(), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_number"], condition=~Q(school_number=""), name="title_school_number_unique"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="title_named"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="title_price"),
            models.CheckConstraint(condition=Q(volumes=None) | Q(volumes__gte=1), name="title_volumes"),
            models.CheckConstraint(condition=Q(language="") | Q(language__regex=r"^[a-z]{3}$"), name="title_language"),
            models.CheckConstraint(condition=Q(isbn="") | Q(isbn__regex=r"^\d{13}$"), name="title_isbn"),
        ]
        indexes = [
            models.Index(fields=["isbn"], condition=~Q(isbn=""), name="title_isbn_index"),
            models.Index(
                fields=["import_fingerprint"], condition=~Q(import_fingerprint=""), name="title_import_fingerprint"
            ),
            models.Index(fields=["clc_number"], name="title_clc_number"),
            models.Index(fields=["shelf_key"], name="title_shelf_key"),
            models.Index(fields=["clc_class", "shelf_key"], name="title_class_shelf"),
            models.Index(fields=["name"], name="title_name"),
            models.Index(fields=["id"], condition=Q(main_class=""), name="title_to_classify"),
            GinIndex(fields=["search"], name="title_search", fastupdate=False),
            GinIndex(fields=["search_summary"], name="title_search_summary", fastupdate=False),
        ]
        triggers = [spines_due_when_title_changes()]

    def __str__(self) -> str:
        return self.name

    @property
    def call_number(self) -> str:
        """索书号: CLC number / book number; empty while to be classified."""
        return "/".join(part for part in (self.clc_number, self.book_number) if part)
