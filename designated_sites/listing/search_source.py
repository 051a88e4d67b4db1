"""How a site is found: by each of its names, in any script, and by what its texts say."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.sources import Name, Source, Words, register, values

from ..models import DesignatedSite, SiteName

TEXTS = ("summary", "admin_region")
KINDS: dict[str, str | Promise] = {**dict(SiteName.Kind.choices), SiteName.Kind.LOCAL.value: _("Local name")}


def words_of_site(site: DesignatedSite) -> Words:
    names = tuple(Name(name.name, name.kind, name.language) for name in site.names.all())
    texts = (text for column in (*TEXTS, *site.searched_texts) for text in values(site, column))
    return Words(site.name, names, tuple(filter(None, texts)))


def kind_of_name(kind: str) -> str | Promise:
    return KINDS.get(kind, "")


def register_sites(key: str, title: str | Promise, model: type[DesignatedSite], *, order: int) -> None:
    """Lets the sites of one kind be found."""
    sites: Any = model._default_manager
    register(
        Source(
            key=key,
            title=title,
            model=model,
            records=sites.with_names,
            public=sites.published,
            order=order,
            words=words_of_site,
            label_of=kind_of_name,
        )
    )
