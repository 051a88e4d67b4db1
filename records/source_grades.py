"""Who stands behind a source: UNESCO, a state or its committee, the site itself, science, press, or somebody else.

What is said of how far a record can be trusted is computed from this, fact by fact; nobody types it.
"""

import re
from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from .formats.addresses import host_of


class Grade(models.TextChoices):
    """The best first."""

    UNESCO = "U", _("UNESCO")
    STATE = "S", _("a state or its committee")
    SITE = "R", _("the site itself")
    SCIENCE = "C", _("science")
    PRESS = "P", _("press")
    OTHER = "O", _("others")


_ADDRESS: Final = re.compile(r"https?://[^\s<>\";|]+")
# A host stands for those below it. What is not named here is of others, or of the state by its ending.
_HOSTS: Final = {
    Grade.UNESCO: """unesco.org unescoeabrn.org en.unesco.kz ww.unesco.kz kazscinet.unesco.kz library.unesco.kz agroweb.unesco.kz
        unesco-hist.org whitr-ap.org whitrap.pku.edu.cn""",
    Grade.STATE: """kazmab.kz mab.cas.cn unescomab.or.kr unesco.or.kr unesco.ru russianunesco.ru unesco.mn jnbw.org.cn mab.main.jp
        main-jbrn.ssl-lolipop.jp jgc.geopark.jp knps.or.kr biosphere2025.org.cn globalgeopark.org.cn kremlin.ru unesco.edu.kn
        mpa.gov.mn vsegei.ru""",
    Grade.SITE: """alxapark.com apoi-geopark.jp aso-geopark.jp dbsdzgy.com dhdzgy.com fangshangeopark.com geo-itoigawa.com
        hakusan-br.jp hakusan-geo.jp hantangeopark.kr izugeopark.org katunskiy.ru keketuohaigeopark.com kronoki.org lushangeopark.com
        minami-alps-br.org minamialps-net.jp muroto-geo.jp oki-geopark.jp danxiashan.org.cn teberda.org.ru pt-zapovednik.org
        sanin-geo.jp shilingeopark.com sobokatamuki-br-council.org toya-usu-geopark.org tzsgy.com yakushima-kuchinoerabu-br.com
        zjdgeopark.com gzcsrj.com tadami.gr.jp wdlc.com.cn chinahuangshan.gov.cn""",
    Grade.SCIENCE: """biodiversity-science.net link.springer.com cas.cn biosoil.ru keybiodiversityareas.org ramsar.org
        unep-wcmc.org mountainresearchinitiative.org globalzoology.org.cn irtces.org waser.cn iwhr.com kaznu.kz""",
    Grade.PRESS: """5g599.com afisha.ru astanatimes.com bash.news bashinform.ru bastillepost.com cgtn.com centralasia.media
        chinadaily.com.cn chinataiwan.cn newchinamag.com newschinamag.com ecns.cn globenewswire.com gogo.mn hani.co.kr hankookilbo.com
        heraldnews.co.kr inews.mn inform.kz interfax-russia.ru japantimes.co.jp japantoday.jp koreajoongangdaily.joins.com
        koreapost.com koreatimes.co.kr kankokeizai.com kazpravda.kz kommersant.ru lokmattimes.com minpo.jp mining.mn mongoliainc.com
        montsame.mn ndsoftnews.net newscj.com newswire.co.kr news-pravda.com nocutnews.co.kr nutag.mn oreanda-news.com
        ourchinastory.com people.cn pressreader.com qazaqtv.com qazmonitor.com segye.com sina.com.cn tellerreport.com theubposts.com
        tlnews.co.kr tongilnews.com ulpressa.ru uurhai.mn xinhuanet.com ytn.co.kr zms.mn zum.com jagran.com kado.net livedoor.com
        wanderlustmagazine.com civilserviceindia.com indiaeducationdiary.in sasatto.jp""",
}  # fmt: skip
_GRADE_OF: Final = {host: grade for grade, hosts in _HOSTS.items() for host in hosts.split()}
_OF_A_STATE: Final = re.compile(r"(^|\.)(gov|go|gob|lg)(\.[a-z]{2})?$")
# How sources begin that are no address.
_NAMES: Final = (
    (Grade.UNESCO, ("unesco", "mab-icc", "br nomination form", "periodic review form", "eabrn")),
    (Grade.STATE, ("mext", "ministry", "korean national commission", "mongolian national commission", "mab kazakhstan", "mab national",
                   "protected areas administration", "palawan council", "st kitts and nevis national commission")),
    (Grade.SITE, ("mount hakusan", "san'in kaigan", "shilin geopark", "tianzhushan geopark", "lushan", "zhijindong", "huanggang",
                  "alxa desert", "kogelberg")),
    (Grade.SCIENCE, ("biodiversity science", "bulletin of cas", "cas", "institute of botany", "northeast institute", "yokohama",
                     "international sediment", "international society of zoological", "south china botanical", "hist", "whitrap",
                     "mountain research initiative")),
    (Grade.PRESS, ("anewz", "ansa", "anso", "bastille post", "cgtn", "china daily", "china news", "china.org", "globenewswire",
                   "hankyung", "jeju press", "kns news", "media jeju", "montsame", "newswire", "nutag", "phoenix", "press",
                   "the beijing news", "ub post", "xinhua", "yonhap")),
)  # fmt: skip


def grade_of(source: str) -> Grade:
    """Of one source as it is written down: of the first address in it, else of who it names."""
    if found := _ADDRESS.search(source):
        parts = host_of(found[0]).split(".")
        endings = [".".join(parts[start:]) for start in range(len(parts))]
        known = next((_GRADE_OF[one] for one in endings if one in _GRADE_OF), None)
        return known or (Grade.STATE if _OF_A_STATE.search(endings[0] if endings else "") else Grade.OTHER)
    words = source.strip().lower()
    return next((grade for grade, names in _NAMES if words.startswith(names)), Grade.OTHER)


def best_of(sources: Iterable[str]) -> Grade | None:
    """The best grade among sources; None without any."""
    order = list(Grade)
    return min(map(grade_of, sources), key=order.index, default=None)
