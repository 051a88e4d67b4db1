# The models as they stand; written anew until release 0.2.0, from then on only added to.

import typed_records.base
import records.formats.vocabulary
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('designated_sites', '0001_initial'),
        ('network', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text='One source per entry: an address, or the name of who published it.', size=None, verbose_name='sources')),
                ('published', models.BooleanField(default=True, help_text='Shown to the public.', verbose_name='published')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('activity_type', typed_records.base.TypeField(choices=[('event', 'Event'), ('training', 'Training')], db_collation='C', editable=False, max_length=8)),
                ('slug', models.SlugField(db_collation='C', max_length=80, verbose_name='address')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('title_en', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_ja', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_ko', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_mn', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('title_kk', models.CharField(max_length=250, null=True, verbose_name='title')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('announced', 'Announced'), ('held', 'Held'), ('reported', 'Reported'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='start')),
                ('start_precision', models.CharField(choices=[('year', 'year'), ('month', 'month'), ('day', 'day'), ('minute', 'minute')], default='minute', max_length=6, verbose_name='precision of the start')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='end')),
                ('end_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day'), ('minute', 'minute')], max_length=6, verbose_name='precision of the end')),
                ('timezone', models.CharField(default='Asia/Shanghai', max_length=40, validators=[records.formats.vocabulary.validate_zone], verbose_name='time zone')),
                ('format', models.CharField(blank=True, choices=[('', 'Not known'), ('onsite', 'On site'), ('online', 'Online'), ('hybrid', 'On site and online')], default='', max_length=6, verbose_name='format')),
                ('venue', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('venue_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_zh_hans', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_ja', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_ko', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_mn', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_ru', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('venue_kk', models.CharField(blank=True, max_length=200, null=True, verbose_name='place')),
                ('state_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, editable=False, size=None)),
                ('other_countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='held in other countries (ISO codes)')),
                ('programme_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='programmes not in the portal')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='languages')),
                ('participants', models.PositiveIntegerField(blank=True, null=True, verbose_name='participants')),
                ('participants_note', models.CharField(blank=True, max_length=200, verbose_name='note on the number')),
                ('participating_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries taking part (ISO codes)')),
                ('participating_note', models.CharField(blank=True, max_length=200, verbose_name='countries taking part, in words')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_zh_hans', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ja', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ko', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_mn', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_ru', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_kk', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='page with most of the facts')),
                ('recording_url', models.URLField(blank=True, max_length=500, verbose_name='recording')),
                ('fund_code', models.CharField(blank=True, max_length=60, verbose_name='fund code')),
                ('result_code', models.CharField(blank=True, max_length=60, verbose_name='result code')),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='medium', max_length=8, verbose_name='confidence')),
                ('is_sample', models.BooleanField(default=False, help_text='Made up, to try the portal; marked as such everywhere.', verbose_name='sample')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False, verbose_name='times moved or cancelled')),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='cancelled on')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was cancelled')),
                ('capacity_onsite', models.PositiveIntegerField(blank=True, null=True, verbose_name='places on site')),
                ('capacity_online', models.PositiveIntegerField(blank=True, null=True, verbose_name='places online')),
                ('attendance_share', models.PositiveSmallIntegerField(default=75, help_text='Of the minutes of all sessions together.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share of the minutes that counts as taking part, %')),
                ('gives_certificates', models.BooleanField(default=False, verbose_name='gives certificates')),
                ('certified_hours', models.DecimalField(blank=True, decimal_places=1, help_text='Empty: as long as all sessions together.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hours certified')),
                ('documents', models.ManyToManyField(blank=True, related_name='activities', to='network.document', verbose_name='documents')),
                ('member_states', models.ManyToManyField(blank=True, related_name='activities', to='network.memberstate', verbose_name='held in')),
                ('programmes', models.ManyToManyField(blank=True, related_name='activities', to='network.programme', verbose_name='programmes')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
                'ordering': ['-starts_at', 'slug', 'activity_type'],
            },
        ),
        migrations.CreateModel(
            name='ActivitySite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name as in the source')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='site_links', to='activities.activity', verbose_name='activity')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='activity_sites', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'sites',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(choices=[('zoom', 'Zoom'), ('voov', 'Tencent Meeting (VooV)'), ('sheet', 'Sheet with minutes'), ('signed', 'Signed on site')], max_length=10, verbose_name='from')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name of the file')),
                ('digest', models.CharField(db_collation='C', editable=False, max_length=64, verbose_name='digest of its rows')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('imported_at', models.DateTimeField(auto_now_add=True, verbose_name='imported')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance_files', to='activities.activity', verbose_name='activity')),
                ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by')),
            ],
            options={
                'verbose_name': 'attendance list',
                'verbose_name_plural': 'attendance lists',
                'ordering': ['-imported_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_collation='C', editable=False, max_length=300, verbose_name='key')),
                ('name', models.CharField(blank=True, max_length=250, verbose_name='name in the list')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='address in the list')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='minutes in the lists')),
                ('candidates', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='candidates')),
                ('state', models.CharField(choices=[('open', 'To be decided'), ('email', 'By e-mail address'), ('name', 'By name'), ('officer', 'Decided by an officer'), ('nobody', 'Nobody we know')], default='open', max_length=8, verbose_name='state')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance_matches', to='activities.activity', verbose_name='activity')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'participant match',
                'verbose_name_plural': 'participant matches',
                'ordering': ['activity', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('organiser', 'Organiser'), ('partner', 'Partner'), ('funder', 'Funder')], default='organiser', max_length=10, verbose_name='role')),
                ('name', models.CharField(blank=True, max_length=250, verbose_name='name as in the source')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='activities.activity', verbose_name='activity')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='network.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'body taking part',
                'verbose_name_plural': 'bodies taking part',
                'ordering': ['role', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Postponement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_starts_at', models.DateTimeField(verbose_name='was to start')),
                ('was_start_precision', models.CharField(choices=[('year', 'year'), ('month', 'month'), ('day', 'day'), ('minute', 'minute')], default='day', max_length=6, verbose_name='known of that start')),
                ('was_ends_at', models.DateTimeField(blank=True, null=True, verbose_name='was to end')),
                ('moved_at', models.DateTimeField(blank=True, null=True, verbose_name='moved')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postponements', to='activities.activity', verbose_name='activity')),
            ],
            options={
                'verbose_name': 'postponement',
                'verbose_name_plural': 'postponements',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='start')),
                ('ends_at', models.DateTimeField(verbose_name='end')),
                ('trainer_names', models.CharField(blank=True, max_length=250, verbose_name='trainers, in words')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='activities.activity', verbose_name='activity')),
                ('trainers', models.ManyToManyField(blank=True, related_name='led_sessions', to='accounts.person', verbose_name='trainers')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_at', 'title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('slides', 'Slides'), ('recording', 'Recording'), ('transcript', 'Transcript'), ('captions', 'Captions'), ('summary', 'Summary'), ('questions', 'Questions and answers'), ('handout', 'Handout'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(help_text='In the language of the material.', max_length=250, verbose_name='title')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-Hans', '简体中文'), ('zh-Hant', '繁體中文'), ('ja', '日本語'), ('ko', '한국어'), ('ko-Hani', '漢字 (한국)'), ('mn', 'Монгол'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('fr', 'Français')], default='en', max_length=10, verbose_name='language')),
                ('file', models.FileField(blank=True, upload_to='materials/', verbose_name='file')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='or the address where it stands')),
                ('size', models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='size in bytes')),
                ('has_captions', models.BooleanField(default=False, verbose_name='with captions')),
                ('has_transcript', models.BooleanField(default=False, verbose_name='with a transcript')),
                ('visibility', models.CharField(choices=[('public', 'Everybody'), ('registered', 'People with a confirmed place'), ('attended', 'People who took part')], default='registered', max_length=10, verbose_name='who may have it')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='activities.activity', verbose_name='activity')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='materials', to='activities.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'materials',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JoinLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(choices=[('zoom', 'Zoom'), ('voov', 'Tencent Meeting (VooV)'), ('phone', 'Telephone'), ('other', 'Other')], max_length=10, verbose_name='provider')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('meeting_number', models.CharField(blank=True, max_length=40, verbose_name='meeting number')),
                ('passcode', models.CharField(blank=True, max_length=40, verbose_name='passcode')),
                ('dial_in', models.TextField(blank=True, help_text='One per line, the country before it: Mongolia +976 11 123456', verbose_name='numbers to dial in')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to='activities.activity', verbose_name='activity')),
                ('session', models.ForeignKey(blank=True, help_text='None: for the whole event.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to='activities.session', verbose_name='only for the session')),
            ],
            options={
                'verbose_name': 'join link',
                'verbose_name_plural': 'join links',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(blank=True, null=True, verbose_name='came')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='went')),
                ('share', models.FloatField(default=1, verbose_name='share of that time')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='activities.attendancefile', verbose_name='list')),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='activities.attendancematch', verbose_name='name')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attendance_spans', to='activities.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'row of an attendance list',
                'verbose_name_plural': 'rows of attendance lists',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes before')),
                ('became', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes after')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person', verbose_name='person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance_corrections', to='activities.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'attendance correction',
                'verbose_name_plural': 'attendance corrections',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(0)], verbose_name='minutes present')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='recorded from')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='accounts.person', verbose_name='person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='activities.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
            },
        ),
        migrations.CreateModel(
            name='AdvanceQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='question')),
                ('language', models.CharField(max_length=10, verbose_name='language of the page')),
                ('state', models.CharField(choices=[('new', 'New'), ('accepted', 'Accepted'), ('answered', 'Answered'), ('hidden', 'Hidden from the trainers')], default='new', max_length=8, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advance_questions', to='activities.activity', verbose_name='activity')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='advance_questions', to='accounts.person', verbose_name='asked by')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='advance_questions', to='activities.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'question sent in advance',
                'verbose_name_plural': 'questions sent in advance',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='activity',
            index=django.contrib.postgres.indexes.GinIndex(fields=['state_codes'], name='activity_states'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('activity_type', 'slug'), name='activities_activity_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('activity_type__in', ['event', 'training'])), name='activities_activity_known_type'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='activities_activity_ends_after_start', violation_error_message='The end lies before the start.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('end_precision', '')), models.Q(('ends_at__isnull', False), models.Q(('end_precision', ''), _negated=True)), _connector='OR'), name='activities_activity_end_has_precision', violation_error_message='Give the end together with how much of it is known, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('attendance_share__range', (1, 100))), name='activities_activity_attendance_share'),
        ),
        migrations.AddConstraint(
            model_name='activitysite',
            constraint=models.CheckConstraint(condition=models.Q(('site__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='activities_activitysite_one_site', violation_error_message='Choose one reserve or one geopark, or write a name.'),
        ),
        migrations.AddConstraint(
            model_name='attendancefile',
            constraint=models.UniqueConstraint(fields=('activity', 'digest'), name='activities_attendancefile_once'),
        ),
        migrations.AddConstraint(
            model_name='attendancematch',
            constraint=models.UniqueConstraint(fields=('activity', 'key'), name='activities_attendancematch_once'),
        ),
        migrations.AddConstraint(
            model_name='attendancematch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('state__in', ['open', 'nobody'])), models.Q(('person__isnull', False), ('state__in', ['email', 'name', 'officer'])), _connector='OR'), name='activities_attendancematch_person'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.CheckConstraint(condition=models.Q(('partner__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='activities_involvement_somebody', violation_error_message='Choose a partner or write a name.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activities_session_lasts', violation_error_message='A session ends after it starts.'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), models.Q(('url', ''), _negated=True)), models.Q(models.Q(('file', ''), _negated=True), ('url', '')), _connector='OR'), name='activities_material_one_place', violation_error_message='Put up a file or give an address: one of the two.'),
        ),
        migrations.AddConstraint(
            model_name='joinlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('dial_in', ''), _negated=True), _connector='OR'), name='activities_joinlink_some_way', violation_error_message='Give an address or a number to dial in.'),
        ),
        migrations.AddConstraint(
            model_name='attendancespan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_at__isnull', False), ('left_at__isnull', False), ('minutes', None), ('session', None)), models.Q(('joined_at', None), ('left_at', None), ('minutes__isnull', False), ('session__isnull', False)), _connector='OR'), name='activities_attendancespan_one_way'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('session', 'person'), name='activities_attendance_once'),
        ),
    ]
