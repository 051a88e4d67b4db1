"""Member states, partners, programmes and documents: what the network consists of."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.address_fields import AddressField
from records.formats.vocabulary import Language, validate_zone
from records.models import Record, RecordQuerySet, Sourced
from records.name_fields import SeenField
from records.scope import Scope

from .page_places import PLACES


class MemberStateQuerySet(RecordQuerySet):
    def in_scope(self, scope: Scope) -> Self:
        """The states a person answers for."""
        return self if scope.all else self.filter(code__in=scope.states)


class MemberState(Sourced):
    """One of the seven states of the network, under the name UNESCO uses. Permission goes by member state."""

    code = models.CharField(_("ISO code"), max_length=2, primary_key=True, db_collation="C")
    name = SeenField(_("name"), max_length=120)
    local_name = SeenField(_("name in the state's own language"), max_length=120, blank=True)
    local_language = models.CharField(_("language of that name"), max_length=10, choices=Language.choices, blank=True)
    joined_year = models.PositiveSmallIntegerField(_("member of the network since"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("official languages"), default=list, blank=True
    )
    time_zones = ArrayField(
        models.CharField(max_length=40, validators=[validate_zone]),
        verbose_name=_("time zones"),
        default=list,
        blank=True,
    )
    mab_committee = models.ForeignKey(
        "Partner",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="committee_of",
        verbose_name=_("MAB National Committee"),
    )
    mab_committee_name = models.CharField(_("name of the MAB National Committee"), max_length=200, blank=True)
    mab_committee_website = AddressField(_("website of the committee"), blank=True)
    national_commission = models.ForeignKey(
        "Partner",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commission_of",
        verbose_name=_("National Commission for UNESCO"),
    )
    national_commission_name = models.CharField(_("name of the National Commission"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    searched_names = ("name", "local_name", "code")
    searched_texts = ("note",)
    objects = MemberStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("member state")
        verbose_name_plural = _("member states")
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{2}$"), name="network_memberstate_code")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("memberstate-detail", args=[self.code])


class PartnerQuerySet(RecordQuerySet):
    def in_state(self, code: str) -> Self:
        return self.filter(state_codes__contains=[code])

    def in_scope(self, scope: Scope) -> Self:
        return self if scope.all else self.filter(state_codes__overlap=sorted(scope.states))


class Partner(Record):
    """An organisation that works with the network: committee, ministry, institute, network, company."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        NATIONAL_COMMISSION = "national commission", _("National commission or committee")
        UN_AGENCY = "UN agency", _("United Nations body")
        ACADEMIA = "academia", _("Research and teaching")
        NGO = "NGO", _("Non-governmental organisation")
        PRIVATE_SECTOR = "private sector", _("Private sector")
        NETWORK = "network", _("Network")
        MEDIA = "media", _("Media")
        CENTRE_OR_CHAIR = "UNESCO centre or chair", _("UNESCO centre or chair")

    name = SeenField(_("name"), max_length=200)
    local_name = SeenField(_("name in its own language"), max_length=200, blank=True)
    local_language = models.CharField(_("language of that name"), max_length=10, choices=Language.choices, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), verbose_name=_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    member_states = models.ManyToManyField(
        MemberState, verbose_name=_("member states"), blank=True, related_name="partners"
    )
    state_codes = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    website = AddressField(_("website"), max_length=400, blank=True)
    role = models.TextField(_("role in the network"), blank=True)

    searched_names = ("name", "local_name", "aliases")
    searched_texts = ("role",)
    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner-detail", args=[self.slug])


class ProgrammeQuerySet(RecordQuerySet):
    def roots(self) -> Self:
        """The focus areas at the top of the tree."""
        return self.filter(parent=None)

    def offers(self) -> Self:
        """What the office offers on request."""
        return self.filter(kind=Programme.Kind.OFFER)


class Programme(Record):
    """A node of the one tree from focus areas down to networks, projects and what the office offers."""

    class Kind(models.TextChoices):
        FOCUS_AREA = "focus_area", _("Focus area")
        PROGRAMME = "programme", _("Programme")
        NETWORK = "network", _("Network")
        WORKING_GROUP = "working_group", _("Working group")
        INITIATIVE = "initiative", _("Initiative")
        PROJECT = "project", _("Project")
        OFFER = "offer", _("What the office offers")

    name = SeenField(_("name"), max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), verbose_name=_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    partners = models.ManyToManyField(
        Partner, through="ProgrammePartner", related_name="programmes", verbose_name=_("partners")
    )
    start_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    searched_names = ("name", "aliases")
    searched_texts = ("summary",)
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year=None) | Q(start_year=None) | Q(end_year__gte=F("start_year")),
                name="network_programme_years",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="network_programme_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme-detail", args=[self.slug])


class ProgrammePartner(models.Model):
    """A partner's part in a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partner_links", verbose_name=_("programme"))
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="programme_links", verbose_name=_("partner"))
    role = models.CharField(_("role"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partner of a programme")
        verbose_name_plural = _("partners of a programme")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "partner"], name="network_programmepartner_once")]

    def __str__(self) -> str:
        return f"{self.programme}: {self.partner}"


class DocumentQuerySet(RecordQuerySet):
    def text_not_held(self) -> Self:
        """Neither held here nor known where it stands."""
        return self.filter(file="", url="")


class Document(Record):
    """A declaration, form, report, newsletter ... as a file of ours or at an address elsewhere."""

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("Declaration")
        STATUTES = "statutes", _("Statutes")
        BYLAW = "bylaw", _("By-law")
        STRATEGY = "strategy", _("Strategy")
        ACTION_PLAN = "action_plan", _("Action plan")
        PROGRAMME = "programme", _("Programme")
        INITIATIVE = "initiative", _("Initiative")
        PROCEDURE = "procedure", _("Procedure")
        GUIDELINES = "guidelines", _("Guidelines")
        FORM = "form", _("Form")
        LEGAL = "legal", _("Legal text")
        REPORT = "report", _("Report")
        MINUTES = "minutes", _("Minutes")
        NEWSLETTER = "newsletter", _("Newsletter")
        PRESENTATION = "presentation", _("Presentation")
        TOOLKIT = "toolkit", _("Toolkit")
        BOOK = "book", _("Book")

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1945), MaxValueValidator(2100)]
    )
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    body = models.CharField(_("author or issuing body"), max_length=250, blank=True)
    url = AddressField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="documents/", blank=True)
    summary = models.TextField(_("summary"), blank=True)
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("programme")
    )

    searched_names = ("title",)
    searched_texts = ("body", "summary")
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [F("year").desc(nulls_last=True), "title", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document-detail", args=[self.slug])


class PageText(models.Model):
    """Words that the secretariat has written for one place on the portal's own pages; without words those of the portal stay."""

    key = models.SlugField(_("place"), primary_key=True, db_collation="C")
    text = models.TextField(
        _("text"), blank=True, help_text=_("An empty line begins a new paragraph. Left empty, the portal's own words stand there."),
    )  # fmt: skip
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("pages and words")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(PLACES[self.key].label) if self.key in PLACES else self.key
