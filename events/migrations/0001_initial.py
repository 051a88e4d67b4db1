# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import events.models.registration
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('activities', '0001_initial'),
        ('notifications', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('held', 'Place held, to be confirmed'), ('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('offered', 'Place offered'), ('cancelled', 'Cancelled'), ('expired', 'Not confirmed in time')], default='held', max_length=10, verbose_name='state')),
                ('presence', models.CharField(choices=[('onsite', 'On site'), ('online', 'Online')], default='online', max_length=6, verbose_name='presence')),
                ('audience', models.CharField(blank=True, choices=[('site', 'Manager or staff of a biosphere reserve or geopark'), ('committee', 'MAB National Committee or geopark network'), ('government', 'Government or other authority'), ('academia', 'University or research institute'), ('civil_society', 'Association or community'), ('student', 'Student'), ('un', 'UNESCO or another international organisation'), ('other', 'Other')], max_length=60, verbose_name='audience category')),
                ('held_until', models.DateTimeField(blank=True, help_text='On the waiting list: until when the address must be confirmed.', null=True, verbose_name='place held until')),
                ('queued_at', models.DateTimeField(blank=True, null=True, verbose_name='in the queue since')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='registered')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('agrees_to_transfer', models.BooleanField(default=False, editable=False, verbose_name='ticked that data may be passed on')),
                ('join_token', models.CharField(db_collation='C', default=events.models.registration.new_token, editable=False, max_length=40, unique=True, verbose_name='token of the join address')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='accounts.person', verbose_name='person')),
                ('registered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('activity_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='activities.activity')),
                ('kind', models.CharField(choices=[('network_meeting', 'Meeting of the network'), ('webinar', 'Webinar'), ('webinar_series', 'Series of webinars'), ('forum', 'Forum'), ('symposium', 'Symposium'), ('workshop', 'Workshop'), ('conference', 'Conference'), ('celebration', 'Celebration')], db_index=True, max_length=16, verbose_name='kind')),
                ('outcomes', models.TextField(blank=True, help_text='One per line.', verbose_name='outcomes')),
                ('outcomes_en', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_zh_hans', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_ja', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_ko', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_mn', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_ru', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('outcomes_kk', models.TextField(blank=True, help_text='One per line.', null=True, verbose_name='outcomes')),
                ('written_summary', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', verbose_name='written summary')),
                ('written_summary_en', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_zh_hans', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_ja', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_ko', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_mn', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_ru', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('written_summary_kk', models.TextField(blank=True, help_text='What was said, for those who were not there. Written afterwards.', null=True, verbose_name='written summary')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='registration closes')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='events.event', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
            },
            bases=('activities.activity',),
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text='One source per entry: an address, or the name of who published it.', size=None, verbose_name='sources')),
                ('published', models.BooleanField(default=True, help_text='Shown to the public.', verbose_name='published')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('slug', models.SlugField(db_collation='C', max_length=80, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=150, unique=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_zh_hans', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_ja', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_ko', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_mn', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_ru', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
                ('name_kk', models.CharField(max_length=150, null=True, unique=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AdvanceQuestion',
            fields=[
            ],
            options={
                'verbose_name': 'question sent in advance',
                'verbose_name_plural': 'questions sent in advance',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('activities.advancequestion',),
        ),
        migrations.CreateModel(
            name='AttendanceCorrection',
            fields=[
            ],
            options={
                'verbose_name': 'attendance correction',
                'verbose_name_plural': 'attendance corrections',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('activities.attendancecorrection',),
        ),
        migrations.CreateModel(
            name='AttendanceFile',
            fields=[
            ],
            options={
                'verbose_name': 'attendance list',
                'verbose_name_plural': 'attendance lists',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('activities.attendancefile',),
        ),
        migrations.CreateModel(
            name='AttendanceMatch',
            fields=[
            ],
            options={
                'verbose_name': 'participant match',
                'verbose_name_plural': 'participant matches',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('activities.attendancematch',),
        ),
        migrations.CreateModel(
            name='EventSession',
            fields=[
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('activities.session',),
        ),
        migrations.CreateModel(
            name='CalendarToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(db_collation='C', default=events.models.registration.new_token, editable=False, max_length=40, unique=True, verbose_name='token of the calendar address')),
                ('created_at', models.DateTimeField(auto_now=True, verbose_name='made')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_token', to='accounts.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
            },
        ),
        migrations.CreateModel(
            name='DoorOpening',
            fields=[
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='door_opening', serialize=False, to='events.registration', verbose_name='registration')),
                ('at', models.DateTimeField(verbose_name='opened the door')),
            ],
            options={
                'verbose_name': 'opened door',
                'verbose_name_plural': 'opened doors',
            },
        ),
        migrations.AddField(
            model_name='registration',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event', verbose_name='event'),
        ),
        migrations.CreateModel(
            name='RunningEvent',
            fields=[
            ],
            options={
                'verbose_name': 'event delivery',
                'verbose_name_plural': 'event deliveries',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('events.event',),
        ),
        migrations.CreateModel(
            name='RegistrationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('state', models.CharField(choices=[('held', 'Place held, to be confirmed'), ('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('offered', 'Place offered'), ('cancelled', 'Cancelled'), ('expired', 'Not confirmed in time')], max_length=10, verbose_name='state')),
                ('why', models.CharField(max_length=300, verbose_name='why')),
                ('by_id', models.BigIntegerField(blank=True, null=True, verbose_name='by')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='events.registration', verbose_name='registration')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.series', verbose_name='series'),
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_day', models.DateField(help_text='Until midnight in the time zone of the event. Results are shown after it.', verbose_name='last day to answer')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened')),
                ('reminders', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='reminders sent')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey', to='events.event', verbose_name='event')),
                ('mailing', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.mailing', verbose_name='mailing')),
            ],
            options={
                'verbose_name': 'survey',
                'verbose_name_plural': 'surveys',
                'ordering': ['-event__starts_at', 'event__slug'],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswered',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered_surveys', to='events.registration', verbose_name='registration')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='events.survey', verbose_name='survey')),
            ],
            options={
                'verbose_name': 'mark that somebody has answered',
                'verbose_name_plural': 'marks that somebody has answered',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=250, verbose_name='question')),
                ('label_en', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_zh_hans', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ja', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ko', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_mn', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ru', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_kk', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('kind', models.CharField(choices=[('text', 'Short text'), ('one', 'One choice'), ('many', 'Several choices'), ('scale', 'Scale from 1 to 5'), ('yes_no', 'Yes or no')], max_length=8, verbose_name='kind')),
                ('choices', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', verbose_name='choices')),
                ('choices_en', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_zh_hans', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_ja', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_ko', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_mn', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_ru', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('choices_kk', models.TextField(blank=True, help_text='One per line; in each language as many lines, in the same order.', null=True, verbose_name='choices')),
                ('required', models.BooleanField(default=False, verbose_name='required')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.survey', verbose_name='survey')),
            ],
            options={
                'verbose_name': 'question of a survey',
                'verbose_name_plural': 'questions of a survey',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='text')),
                ('choice', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of the choice')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='events.surveyquestion', verbose_name='question')),
            ],
            options={
                'verbose_name': 'answer to a survey',
                'verbose_name_plural': 'answers to a survey',
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['event', 'state', 'queued_at'], name='registration_queue'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('state__in', ['held', 'offered', 'waiting'])), fields=['held_until'], name='registration_deadlines'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['cancelled', 'expired']), _negated=True), fields=('event', 'person'), name='events_registration_once', violation_error_message='The person is registered for this event already.'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['held', 'offered']), _negated=True), ('held_until__isnull', False), _connector='OR'), name='events_registration_held_until'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('activity_ptr')), _negated=True), name='events_event_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('registration_opens_at', None), ('registration_closes_at', None), ('registration_closes_at__gt', models.F('registration_opens_at')), _connector='OR'), name='events_event_registration_span', violation_error_message='Registration closes after it opens.'),
        ),
        migrations.AddConstraint(
            model_name='surveyanswered',
            constraint=models.UniqueConstraint(fields=('survey', 'registration'), name='events_survey_answered_once'),
        ),
    ]
