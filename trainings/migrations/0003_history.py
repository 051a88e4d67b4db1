from django.db import migrations

from history.triggers import Track


class Migration(migrations.Migration):
    dependencies = [("trainings", "0002_member_states"), ("history", "0001_initial")]

    operations = [Track("Training", "TrainingInvolvement", "TrainingSite", "TrainingPostponement", "TrainingSession", "DeadlineExtension", "SeatClass", "SeatCap", "Question")]
