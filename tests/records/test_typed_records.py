"""Records of several types in one table, on two small tables of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps

from typed_records.base import TypedRecord, TypeField, completed, parent_of, types_of
from typed_records.bulk import bulk_create
from typed_records.child_rows import RequireChild
from typed_records.locks import lock, locked

pytestmark = pytest.mark.django_db


class State:
    """What a migration operation asks of a state of the project."""

    def __init__(self, apps: Apps) -> None:
        self.apps = apps


@pytest.fixture
def animals() -> Iterator[Any]:
    """Animal, and Bird and Fish that are animals, with their tables and the rule of the database."""
    with isolate_apps("records") as apps:

        class Animal(TypedRecord):
            TYPE_COLUMN = "animal_type"
            animal_type = TypeField(max_length=10, editable=False)
            name = models.CharField(max_length=20)

            class Meta:
                app_label = "records"

        class Bird(Animal):
            TYPE = "bird"
            wings = models.IntegerField(default=2)
            song = models.CharField(max_length=20, default="")

            class Meta:
                app_label = "records"

        class Fish(Animal):
            TYPE = "fish"
            depth = models.IntegerField(default=0)

            class Meta:
                app_label = "records"

        class Caged(Bird):
            class Meta:
                app_label = "records"
                proxy = True

        class Zoo:
            animal, bird, fish, caged = Animal, Bird, Fish, Caged

        with connection.schema_editor() as editor:
            for model in (Animal, Bird, Fish):
                editor.create_model(model)
            for model in (Bird, Fish):
                RequireChild(model.__name__, model.TYPE).database_forwards("records", editor, None, State(apps))
        yield Zoo


def rules_asked() -> None:
    """What waits for the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_row_read_through_the_parent_has_the_class_of_its_type(animals: Any) -> None:
    lark = animals.bird.objects.create(name="Lark", wings=3, song="tirra")
    carp = animals.fish.objects.create(name="Carp", depth=4)
    with CaptureQueriesContext(connection) as queries:
        found = list(animals.animal.objects.order_by("pk"))
        assert [type(one) for one in found] == [animals.bird, animals.fish]
        assert found == [lark, carp]
        assert [one.pk for one in found] == [lark.pk, carp.pk]
    assert len(queries) == 1
    assert types_of(animals.animal) == {"bird": animals.bird, "fish": animals.fish}
    assert {parent_of(model) for model in (animals.animal, animals.bird, animals.caged)} == {animals.animal}
    assert type(animals.caged.objects.get()) is animals.caged


def test_what_only_the_type_tells_is_read_at_its_first_touch_in_one_query(animals: Any) -> None:
    animals.bird.objects.create(name="Lark", wings=3, song="tirra")
    found = animals.animal.objects.get()
    with CaptureQueriesContext(connection) as queries:
        assert (found.wings, found.song) == (3, "tirra")
    assert len(queries) == 1


def test_saving_a_row_read_through_the_parent_leaves_what_was_not_read(animals: Any) -> None:
    animals.bird.objects.create(name="Lark", wings=3, song="tirra")
    found = animals.animal.objects.get()
    animals.bird.objects.update(song="lirra")
    found.name = "Skylark"
    found.save()
    assert animals.bird.objects.values_list("name", "wings", "song", "animal_type").get() == (
        "Skylark",
        3,
        "lirra",
        "bird",
    )


def test_a_list_is_completed_by_one_query_for_each_type(animals: Any) -> None:
    for number in range(3):
        animals.bird.objects.create(name=f"Bird {number}", wings=number)
        animals.fish.objects.create(name=f"Fish {number}", depth=number)
    with CaptureQueriesContext(connection) as queries:
        found = completed(animals.animal.objects.order_by("pk"))
        told = [one.wings if one.TYPE == "bird" else one.depth for one in found]
    assert told == [0, 0, 1, 1, 2, 2]
    assert len(queries) == 3


def test_the_type_is_known_before_saving_and_cannot_be_given_another(animals: Any) -> None:
    assert animals.bird(name="Lark").animal_type == "bird"
    lark = animals.bird.objects.create(name="Lark", animal_type="fish")
    assert animals.animal.objects.values_list("animal_type", flat=True).get(pk=lark.pk) == "bird"
    rules_asked()


def test_bulk_writes_both_tables_in_two_statements(animals: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        made = bulk_create([animals.bird(name=f"Bird {number}", wings=number) for number in range(5)])
    assert len([one for one in queries if "INSERT" in one["sql"]]) == 2
    rules_asked()
    assert [(one.pk, one.name, one.wings) for one in animals.bird.objects.order_by("pk")] == [
        (one.pk, one.name, one.wings) for one in made
    ]
    made[0].wings = 9
    made[0].save()
    assert animals.bird.objects.get(pk=made[0].pk).wings == 9
    assert animals.bird.objects.count() == 5
    assert bulk_create([]) == []


def test_a_lock_holds_the_row_of_the_parent_alone_and_first(animals: Any) -> None:
    lark = animals.bird.objects.create(name="Lark", wings=3)
    animals.bird.objects.update(wings=4)
    with CaptureQueriesContext(connection) as queries:
        held = locked(animals.caged.objects.get())
    assert (type(held), held.wings) == (animals.caged, 4)
    hold, read = [one["sql"] for one in queries][-2:]
    assert hold.endswith("FOR NO KEY UPDATE")
    assert "records_bird" not in hold
    assert "FOR NO KEY UPDATE" not in read
    lock(animals.bird, lark.pk, lark.pk)
    with pytest.raises(animals.bird.DoesNotExist):
        lock(animals.bird, lark.pk, lark.pk + 1000)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO records_animal (name, animal_type) VALUES ('Ghost', 'bird')",
        "DELETE FROM records_bird",
        "UPDATE records_animal SET animal_type = 'fish'",
        "INSERT INTO records_fish (animal_ptr_id, depth) SELECT animal_ptr_id, 1 FROM records_bird",
    ],
    ids=["parent alone", "child deleted alone", "type changed", "child of another type"],
)
def test_the_database_refuses_half_a_record(animals: Any, statement: str) -> None:
    animals.bird.objects.create(name="Lark")
    rules_asked()
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)
        with pytest.raises(IntegrityError):
            rules_asked()
        transaction.set_rollback(True)


def test_deleting_takes_both_halves_along(animals: Any) -> None:
    animals.bird.objects.create(name="Lark")
    animals.fish.objects.create(name="Carp")
    animals.animal.objects.get(name="Lark").delete()
    animals.fish.objects.all().delete()
    rules_asked()
    assert not animals.animal.objects.exists()
