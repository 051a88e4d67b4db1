"""Who is there: the demo accounts, their neighbours, people in care and people who wrote in other scripts."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from ..names import make, model, one

DOMAIN = "demo.invalid"


@dataclass
class Cast:
    """The people by their parts."""

    administrator: Any
    officer: Any
    focal_point: Any
    neighbour: Any
    steward: Any
    geopark_steward: Any
    trainer: Any
    participant: Any
    ranger: Any  # without address and account, in care of the focal point
    others: list[Any]


def fill() -> Cast:
    everybody = {name: one("Person", email=f"{name}@{DOMAIN}") for name in (
        "administrator", "officer", "focal-point", "steward", "trainer", "participant",
    )}  # fmt: skip
    mongolia, russia, korea = (one("MemberState", code=code) for code in ("MN", "RU", "KR"))
    for name in ("administrator", "officer"):
        user = everybody[name].user
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    _known(everybody["participant"], mongolia)
    _known(everybody["steward"], mongolia)
    neighbour = with_account(
        "vera@example.org", "Vera Ivanova", member_state=russia, language="ru", native_name="Вера Иванова"
    )
    make("RoleGrant", person=neighbour, role="focal_point", member_state=russia, reason="Named by the committee")
    geopark_steward = with_account(
        "minho@example.org", "Kim Minho", member_state=korea, language="ko", native_name="김민호", native_language="ko"
    )
    ranger = make(
        "Person", name="Dorj", care_of=everybody["focal-point"], member_state=mongolia, organisation="Hustai", position="Ranger",
        sex="male", birth_year=1980, nationality="MN", time_zone="Asia/Hovd", language="mn",
    )  # fmt: skip
    former = make(
        "RoleGrant",
        person=everybody["trainer"],
        role="secretariat",
        reason="For the summer",
        granted_by=everybody["administrator"].user,
    )
    former.withdrawn_at = former.granted_at
    former.save()
    return Cast(
        administrator=everybody["administrator"], officer=everybody["officer"], focal_point=everybody["focal-point"],
        neighbour=neighbour, steward=everybody["steward"], geopark_steward=geopark_steward, trainer=everybody["trainer"],
        participant=everybody["participant"], ranger=ranger, others=[_other(number) for number in range(16)],
    )  # fmt: skip


def with_account(email: str, name: str, **facts: Any) -> Any:
    user = model("User").objects.create_user(email, "correct-horse-battery")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return make("Person", user=user, email=email, name=name, **facts)


def _known(person: Any, state: Any) -> None:
    facts = {
        "member_state": state,
        "organisation": "Khuvsgul Lake",
        "position": "Manager",
        "time_zone": "Asia/Ulaanbaatar",
        "sex": "female",
    }
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    make("Consent", person=person, what="notice", version="2026-11-2", how="own_page")


def _other(number: int) -> Any:
    """People who register and apply: of several states, in several languages."""
    codes = ("MN", "RU", "CN", "JP", "KR", "KZ")
    languages = ("mn", "ru", "zh-hans", "ja", "ko", "kk")
    names = (
        "Bat",
        "Anna",
        "Li Wei",
        "Aiko",
        "Jin",
        "Aliya",
        "Tuya",
        "Ivan",
        "Zhang Min",
        "Ken",
        "Sora",
        "Dana",
        "Oyun",
        "Olga",
        "Wang",
        "Emi",
    )
    return make(
        "Person", name=f"{names[number]} {number + 1}", email=f"reader-{number + 1}@example.org",
        member_state=one("MemberState", code=codes[number % 6]), language=languages[number % 6], organisation=f"Organisation {number % 4 + 1}",
        position="Ranger", time_zone="Asia/Ulaanbaatar", sex=("female", "male", "not_stated")[number % 3], birth_year=1970 + number,
    )  # fmt: skip
