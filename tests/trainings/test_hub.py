"""The hub of a training: the same head on every part, what is next, certificates and the rule; few queries."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from activities.hub.next_steps import Stage, next_steps
from record_admin.workspace.pages import hub_context
from tests.factories import ApplicationFactory, TrainingFactory
from tests.trainings.held import held_training, present, taking_part
from trainings.models import Training

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
PARTS = (
    "",
    "change/",
    "sessions/",
    "selection/",
    "attendance/",
    "materials/",
    "certificates/",
    "mails/",
    "history/",
    "rule/",
    "copy/",
)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def coming() -> Training:
    made: Training = TrainingFactory(
        title="Rivers", starts_at=dt.datetime(2027, 3, 1, 1, tzinfo=dt.UTC), timezone="Asia/Tokyo", deadline_zone="Europe/Paris",
        nominations_close_at=dt.datetime(2026, 11, 29, 22, 59, tzinfo=dt.UTC), gives_certificates=True, fund_code="F1",
    )  # fmt: skip
    made.seat_classes.create(funding="full", presence="onsite", seats=5)
    return made


def stages(training: Training) -> dict[str, Stage]:
    return {str(step.title): step.stage for step in next_steps(Training.objects.get(pk=training.pk))}


def test_every_part_has_the_same_head(administrator_client: Client) -> None:
    training = coming()
    ApplicationFactory(training=training, state="submitted", submitted_at=NOW)
    for part in PARTS:
        answer = administrator_client.get(f"/admin/trainings/training/{training.pk}/{part}")
        assert answer.status_code == 200, part
        text = " ".join(strip_tags(answer.content.decode()).split())
        assert "0 of 5 seats given, 1 application" in text, part
        assert "Nominations close Sunday 29 November 2026, 23:59 Paris" in text, part


def test_what_is_next_leads_from_the_call_to_the_report(now: Any) -> None:
    training = coming()
    ApplicationFactory(training=training, state="submitted", submitted_at=NOW, endorsed=True)
    found = stages(training)
    assert found["Decide on 1 application"] == Stage.TO_DO
    assert found["Add the sessions"] == Stage.TO_DO
    assert found["Issue the certificates"] == found["Write the report"] == Stage.LATER
    now.move_to(dt.datetime(2027, 3, 9, tzinfo=dt.UTC))
    found = stages(training)
    assert found["Take in the attendance"] == found["Say that it was held"] == Stage.TO_DO
    assert found["Put up what there is to read or watch"] == Stage.TO_DO


def test_head_and_parts_take_six_queries_however_many_apply(administrator_client: Client) -> None:
    training = coming()
    request = RequestFactory().get("/")
    request.user = administrator_client.get("/admin/").wsgi_request.user
    request.user.get_all_permissions()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(hub_context(request, Training.objects.get(pk=training.pk), part="overview")["parts"])
        return len(asked)

    few = queries()
    for _number in range(5):
        ApplicationFactory(training=training, state="submitted", submitted_at=NOW)
    assert queries() == few <= 6


def test_issuing_says_first_that_the_training_was_held(administrator_client: Client, now: Any) -> None:
    training = held_training(status="announced")
    present(training, taking_part(training, "attended", name="Bat", email="bat@example.org").person, 120, 120)
    look = administrator_client.get(f"/admin/trainings/training/{training.pk}/certificates/issue/")
    assert look.context["explanation"] == "Issued for: Bat. It is said to have been held."
    assert look.context["found"].recipients == ["bat@example.org"]
    data = {"confirm": "1", "seen": look.context["found"].fingerprint}
    answer = administrator_client.post(f"/admin/trainings/training/{training.pk}/certificates/issue/", data)
    assert answer["Location"] == f"/admin/trainings/training/{training.pk}/certificates/"
    assert Training.objects.get().status == "held"
