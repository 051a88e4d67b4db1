"""Demo accounts and samples of the embedded default: a portal that can be tried at once. Never made on real servers."""

import datetime as dt
import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.models import Person, RoleGrant, User
from activities.models import ActivitySite, JoinLink, Session
from activities.models.activity import Activity
from designated_sites.models import Stewardship
from events.models import Event, Survey, SurveyQuestion
from network.models import MemberState
from records.formats.partial_dates import Precision
from reserves.models import BiosphereReserve
from trainings.models import Question, SeatClass, Training

DOMAIN = "demo.invalid"  # reserved: no mail can ever reach it
SAMPLE_WEBINAR = "sample-webinar-multi-designated-sites"
SAMPLE_TRAINING = "sample-training-mountain-lake-monitoring"


@dataclass(frozen=True)
class Account:
    """One demo account as printed for whoever started the portal."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_accounts() -> list[Account]:
    """One account for each role, with random passwords; nothing when they exist already."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return []
    state = MemberState.objects.filter(code="MN").first()
    reserve = BiosphereReserve.objects.filter(slug="khuvsgul-lake").first()
    made = [
        _account("administrator", is_staff=True, is_superuser=True),
        _account("officer", RoleGrant.Role.SECRETARIAT, is_staff=True),
        _account("trainer", RoleGrant.Role.TRAINER),
        _account("steward"),
        _account("participant"),
    ]
    if state:
        made.append(_account("focal-point", RoleGrant.Role.FOCAL_POINT, state))
    if reserve:
        Stewardship.objects.create(site=reserve, person=Person.objects.get(email=f"steward@{DOMAIN}"))
    return made


def _account(role: str, grant: str = "", state: MemberState | None = None, **flags: bool) -> Account:
    email, password = f"{role}@{DOMAIN}", secrets.token_urlsafe(9)
    user = User.objects.create_user(email, password, **flags)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    person = Person.objects.create(user=user, email=email, name=f"Sample {role.replace('-', ' ')}", member_state=state)
    if grant:
        RoleGrant.objects.create(person=person, role=grant, member_state=state, reason="demo account")
    return Account(role, email, password)


@transaction.atomic
def make_samples() -> list[Activity]:
    """An open webinar and an open training, marked as samples; made anew ahead of today once their date has passed."""
    today = timezone.now().replace(minute=0, second=0, microsecond=0)
    made: list[Activity] = []
    if not Event.objects.filter(slug=SAMPLE_WEBINAR, starts_at__gt=today).exists():
        made.append(_webinar(today.replace(hour=7) + dt.timedelta(days=28)))
    if not Training.objects.filter(slug=SAMPLE_TRAINING, starts_at__gt=today).exists():
        made.append(_training(today.replace(hour=16) + dt.timedelta(days=180)))
    return made


def _webinar(start: dt.datetime) -> Event:
    event, _created = Event.objects.update_or_create(
        slug=SAMPLE_WEBINAR,
        defaults={
            "kind": Event.Kind.WEBINAR,
            "title_en": "One place, four designations: managing multi-designated sites",
            "summary_en": "A made-up webinar to try the portal with: one office answers to a biosphere reserve, a geopark, "
            "a World Heritage property and a wetland of the Ramsar Convention.",
            "status": Event.Status.ANNOUNCED,
            "format": Event.Format.ONLINE,
            "venue_en": "Zoom or Tencent Meeting (VooV)",
            "timezone": "Asia/Shanghai",
            "starts_at": start,
            "ends_at": start + dt.timedelta(hours=2),
            "start_precision": Precision.MINUTE,
            "end_precision": Precision.MINUTE,
            "languages": ["en"],
            "capacity_online": 60,
            "registration_opens_at": timezone.now() - dt.timedelta(hours=1),
            "registration_closes_at": start - dt.timedelta(days=2),
            "is_sample": True,
        },
    )
    event.sessions.all().delete()
    trainer = Person.objects.filter(email=f"trainer@{DOMAIN}").first()
    half = dt.timedelta(minutes=30)
    for number in range(3):
        session = Session.objects.create(
            activity=event,
            title=f"Sample session {number + 1}",
            starts_at=start + half * number,
            ends_at=start + half * (number + 1),
        )
        if trainer and number == 0:
            session.trainers.add(trainer)
    _running(event)
    if not event.site_links.exists() and (reserve := BiosphereReserve.objects.filter(slug="jeju-island").first()):
        ActivitySite.objects.create(activity=event, site=reserve)
    return event


def _running(event: Event) -> None:
    """What belongs to the day itself: a way in that leads nowhere, a question in advance, a survey for afterwards."""
    event.join_links.update_or_create(
        provider=JoinLink.Provider.OTHER,
        defaults={"url": "https://meet.example/sample", "meeting_number": "000 000 000", "passcode": "sample"},
    )
    event.advance_questions.get_or_create(
        text="Sample question: who decides when two designations ask for different zones?",
        defaults={"language": "en", "session": event.sessions.first()},
    )
    last_day = (event.starts_at + dt.timedelta(days=14)).date()
    survey, _made = Survey.objects.update_or_create(event=event, defaults={"last_day": last_day})
    survey.questions.get_or_create(
        label_en="Sample: how useful was the webinar for your work?",
        defaults={"kind": SurveyQuestion.Kind.SCALE, "required": True, "order": 1},
    )
    survey.questions.get_or_create(
        label_en="Sample: what should the next one be about?", defaults={"kind": SurveyQuestion.Kind.TEXT, "order": 2}
    )


def _training(start: dt.datetime) -> Training:
    training, _created = Training.objects.update_or_create(
        slug=SAMPLE_TRAINING,
        defaults={
            "title_en": "Monitoring for managers of mountain and lake reserves",
            "summary_en": "A made-up training to try the portal with: one week of field methods for water, wildlife and visitors.",
            "target_group_en": "Managers and staff of biosphere reserves",
            "topics": ["monitoring", "field methods"],
            "costs_en": "Fully funded seats: travel, hotel and meals. The visa is not paid.",
            "status": Training.Status.ANNOUNCED,
            "format": Training.Format.ONSITE,
            "timezone": "Asia/Ulaanbaatar",
            "starts_at": start,
            "ends_at": start + dt.timedelta(days=4),
            "start_precision": Precision.DAY,
            "end_precision": Precision.DAY,
            "languages": ["en"],
            "call_opens_at": timezone.now() - dt.timedelta(hours=1),
            "nominations_close_at": start - dt.timedelta(days=60),
            "deadline_zone": "Europe/Paris",
            "is_sample": True,
        },
    )
    _call(training)
    if not training.site_links.exists() and (reserve := BiosphereReserve.objects.filter(slug="khuvsgul-lake").first()):
        ActivitySite.objects.create(activity=training, site=reserve)
    training.member_states.set(MemberState.objects.filter(code="MN"))
    return training


def _call(training: Training) -> None:
    """Seats, a cap and a form, so that applying, endorsing and selecting can be tried at once."""
    for funding, seats, covers in (
        (SeatClass.Funding.FULL, 20, "Travel, hotel and meals; not the visa"),
        (SeatClass.Funding.SELF, 8, ""),
    ):
        SeatClass.objects.update_or_create(
            training=training, funding=funding, defaults={"seats": seats, "covers": covers}
        )
    if state := MemberState.objects.filter(code="MN").first():
        training.caps.get_or_create(member_state=state, defaults={"most": 6})
    places = [{"code": "lake", "label": {"en": "A lake"}}, {"code": "mountain", "label": {"en": "A mountain"}}]
    questions: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("work", "Sample: what do you do at your site?", {"kind": Question.Kind.LONG, "required": True}),
        ("monitored", "Sample: does your site monitor water or wildlife?", {"kind": Question.Kind.YES_NO}),
        (
            "years",
            "Sample: for how many years?",
            {
                "kind": Question.Kind.NUMBER,
                "least": 0,
                "most": 60,
                "only_if": {"question": "monitored", "answer": True},
            },
        ),
        ("place", "Sample: which fits your site best?", {"kind": Question.Kind.ONE, "choices": places}),
        ("diet", "Sample: what do you not eat?", {"kind": Question.Kind.SHORT, "follow_up": True}),
    )
    for order, (code, label, facts) in enumerate(questions, start=1):
        known = {"label_en": label, "order": order, **facts}
        training.questions.get_or_create(code=code, defaults=known)
