# The models as they stand; written anew until release 0.2.0, from then on only added to.

import records.formats.vocabulary
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import trainings.models.files
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('activities', '0001_initial'),
        ('designated_sites', '0001_initial'),
        ('events', '0001_initial'),
        ('network', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CertifyingEvent',
            fields=[
            ],
            options={
                'verbose_name': 'event with certificates',
                'verbose_name_plural': 'events with certificates',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('events.event',),
        ),
        migrations.CreateModel(
            name='TrainingAttendanceCorrection',
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
            name='TrainingAttendanceFile',
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
            name='TrainingAttendanceMatch',
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
            name='TrainingSession',
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
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(db_collation='C', max_length=20, unique=True, verbose_name='reference')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('endorsed', 'Endorsed by the focal point'), ('not_endorsed', 'Not endorsed'), ('shortlisted', 'Shortlisted'), ('selected', 'Selected'), ('not_selected', 'Not selected'), ('reserve_list', 'On the reserve list'), ('confirmed', 'Confirmed by the applicant'), ('declined', 'Declined by the applicant'), ('withdrawn', 'Withdrawn'), ('attended', 'Attended'), ('no_show', 'Did not come'), ('completed', 'Completed')], default='draft', max_length=14, verbose_name='state')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers by code of the question')),
                ('follow_up', models.JSONField(blank=True, default=dict, verbose_name='answers of the follow-up form')),
                ('follow_up_at', models.DateTimeField(blank=True, null=True, verbose_name='follow-up form sent')),
                ('may_be_listed', models.BooleanField(blank=True, help_text='Empty: not asked yet.', null=True, verbose_name='may stand on the list of participants')),
                ('endorsed', models.BooleanField(blank=True, null=True, verbose_name='endorsed by the focal point')),
                ('endorsement_rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rank given by the focal point')),
                ('reserve_rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rank on the reserve list')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('answer_by', models.DateTimeField(blank=True, null=True, verbose_name='to confirm until')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('member_state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='network.memberstate', verbose_name='member state')),
                ('nominated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='nominations', to='accounts.person', verbose_name='nominated by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='accounts.person', verbose_name='person')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='designated_sites.designatedsite', verbose_name='site')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('endorsed', 'Endorsed by the focal point'), ('not_endorsed', 'Not endorsed'), ('shortlisted', 'Shortlisted'), ('selected', 'Selected'), ('not_selected', 'Not selected'), ('reserve_list', 'On the reserve list'), ('confirmed', 'Confirmed by the applicant'), ('declined', 'Declined by the applicant'), ('withdrawn', 'Withdrawn'), ('attended', 'Attended'), ('no_show', 'Did not come'), ('completed', 'Completed')], max_length=14, verbose_name='from')),
                ('to_state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('endorsed', 'Endorsed by the focal point'), ('not_endorsed', 'Not endorsed'), ('shortlisted', 'Shortlisted'), ('selected', 'Selected'), ('not_selected', 'Not selected'), ('reserve_list', 'On the reserve list'), ('confirmed', 'Confirmed by the applicant'), ('declined', 'Declined by the applicant'), ('withdrawn', 'Withdrawn'), ('attended', 'Attended'), ('no_show', 'Did not come'), ('completed', 'Completed')], max_length=14, verbose_name='to')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('reason_for', models.CharField(choices=[('person', 'Applicant, focal point and secretariat'), ('state', 'Focal point and secretariat'), ('office', 'Secretariat alone')], default='person', max_length=6, verbose_name='who reads the reason')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='trainings.application', verbose_name='application')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('funding', models.CharField(choices=[('full', 'Fully funded'), ('self', 'Self-funded')], max_length=4, verbose_name='funding')),
                ('presence', models.CharField(choices=[('onsite', 'On site'), ('online', 'Online')], default='onsite', max_length=6, verbose_name='presence')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('covers', models.CharField(blank=True, max_length=300, verbose_name='what it covers')),
                ('only_states', models.ManyToManyField(blank=True, help_text='Empty: for all member states.', related_name='+', to='network.memberstate', verbose_name='only for')),
            ],
            options={
                'verbose_name': 'class of seats',
                'verbose_name_plural': 'classes of seats',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='seat_class',
            field=models.ForeignKey(blank=True, help_text='The class in which a seat was given, or on whose reserve list the application stands.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='trainings.seatclass', verbose_name='class of seats'),
        ),
        migrations.AddField(
            model_name='application',
            name='wanted_class',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trainings.seatclass', verbose_name='class of seats applied for'),
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('activity_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='activities.activity')),
                ('target_group', models.CharField(blank=True, max_length=300, verbose_name='for whom')),
                ('target_group_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_zh_hans', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_ja', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_ko', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_mn', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_ru', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('target_group_kk', models.CharField(blank=True, max_length=300, null=True, verbose_name='for whom')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None, verbose_name='topics')),
                ('seats_note', models.CharField(blank=True, max_length=200, verbose_name='seats, in words')),
                ('women_share', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='share of women, %')),
                ('call_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='call opens')),
                ('nominations_close_at', models.DateTimeField(blank=True, null=True, verbose_name='nominations close')),
                ('deadline_zone', models.CharField(blank=True, max_length=40, validators=[records.formats.vocabulary.validate_zone], verbose_name='zone of the deadline')),
                ('costs', models.TextField(blank=True, verbose_name='what is paid and what is not')),
                ('costs_en', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_zh_hans', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_ja', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_ko', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_mn', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_ru', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('costs_kk', models.TextField(blank=True, null=True, verbose_name='what is paid and what is not')),
                ('letter_signatory', models.CharField(blank=True, help_text='Name and position as they stand under the letter.', max_length=150, verbose_name='who signs the invitation letters')),
                ('letter_office', models.TextField(blank=True, help_text='As it stands at the head of the letter: name and address, one line each.', max_length=500, verbose_name='office that invites')),
                ('letter_words', models.TextField(blank=True, help_text='Whom to ask, what to bring, words for the embassy. Nothing of this kind is written by the portal.', max_length=2000, verbose_name='further words of the letter')),
                ('endorsement_required', models.BooleanField(default=True, help_text='Without it the secretariat may also select people whom no focal point has spoken for.', verbose_name='only endorsed people are selected')),
                ('answer_days', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days to confirm a seat')),
                ('asks_presentation', models.BooleanField(default=False, verbose_name='participants upload a presentation')),
                ('follow_up_closes_at', models.DateTimeField(blank=True, help_text='What selected people are asked afterwards; they are reminded three days before.', null=True, verbose_name='follow-up form to be sent until')),
                ('events', models.ManyToManyField(blank=True, related_name='trainings', to='events.event', verbose_name='events that were part of it')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='events.series', verbose_name='series')),
            ],
            options={
                'verbose_name': 'training',
                'verbose_name_plural': 'trainings',
            },
            bases=('activities.activity',),
        ),
        migrations.AddField(
            model_name='seatclass',
            name='training',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seat_classes', to='trainings.training', verbose_name='training'),
        ),
        migrations.CreateModel(
            name='SeatCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('most', models.PositiveSmallIntegerField(verbose_name='at most')),
                ('member_state', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.memberstate', verbose_name='member state')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='designated_sites.designatedsite', verbose_name='site')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caps', to='trainings.training', verbose_name='training')),
            ],
            options={
                'verbose_name': 'cap',
                'verbose_name_plural': 'caps',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(db_collation='C', help_text='A short name for tables, in small Latin letters: “experience”. It stays once somebody has answered.', max_length=40, verbose_name='code')),
                ('label', models.CharField(max_length=250, verbose_name='question')),
                ('label_en', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_zh_hans', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ja', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ko', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_mn', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_ru', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('label_kk', models.CharField(max_length=250, null=True, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='help')),
                ('help_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_zh_hans', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_ja', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_ko', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_mn', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_ru', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('help_kk', models.CharField(blank=True, max_length=300, null=True, verbose_name='help')),
                ('kind', models.CharField(choices=[('short', 'Short text'), ('long', 'Long text'), ('one', 'One choice'), ('many', 'Several choices'), ('yes_no', 'Yes or no'), ('number', 'Number'), ('date', 'Date'), ('file', 'File')], max_length=8, verbose_name='kind')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='choices')),
                ('least', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True, verbose_name='at least')),
                ('most', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True, verbose_name='at most')),
                ('required', models.BooleanField(default=False, verbose_name='required')),
                ('only_if', models.JSONField(blank=True, null=True, verbose_name='only if')),
                ('follow_up', models.BooleanField(default=False, verbose_name='for selected people only')),
                ('asked', models.BooleanField(default=True, help_text='Without it the question is no longer asked; answers already given stay and are still shown.', verbose_name='asked')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='trainings.training', verbose_name='training')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.DateTimeField(verbose_name='was')),
                ('extended_at', models.DateTimeField(auto_now_add=True, verbose_name='extended')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='trainings.training', verbose_name='training')),
            ],
            options={
                'verbose_name': 'deadline extension',
                'verbose_name_plural': 'deadline extensions',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='training',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='trainings.training', verbose_name='training'),
        ),
        migrations.CreateModel(
            name='CallForm',
            fields=[
            ],
            options={
                'verbose_name': 'application form',
                'verbose_name_plural': 'application forms',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('trainings.training',),
        ),
        migrations.CreateModel(
            name='RunningTraining',
            fields=[
            ],
            options={
                'verbose_name': 'training delivery',
                'verbose_name_plural': 'training deliveries',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('trainings.training',),
        ),
        migrations.CreateModel(
            name='ApplicationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('answer', 'Answer in the application'), ('follow_up', 'Answer in the follow-up form'), ('presentation', 'Presentation')], max_length=12, verbose_name='purpose')),
                ('code', models.SlugField(blank=True, db_collation='C', max_length=40, verbose_name='code of the question')),
                ('file', models.FileField(max_length=200, storage=trainings.models.files.private_storage, upload_to='', verbose_name='file')),
                ('name', models.CharField(max_length=150, verbose_name='name as it was handed in')),
                ('kind', models.CharField(max_length=8, verbose_name='kind')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='trainings.application', verbose_name='application')),
            ],
            options={
                'verbose_name': 'file of an application',
                'verbose_name_plural': 'files of applications',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'purpose', 'code'), name='trainings_applicationfile_once'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), ('purpose', 'presentation')), models.Q(models.Q(('purpose', 'presentation'), _negated=True), models.Q(('code', ''), _negated=True)), _connector='OR'), name='trainings_applicationfile_for_one')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField(help_text='From 1 (weak) to 5 (excellent).', verbose_name='points')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='trainings.application', verbose_name='application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer')),
            ],
            options={
                'verbose_name': 'score',
                'verbose_name_plural': 'scores',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'officer'), name='trainings_applicationscore_once'), models.CheckConstraint(condition=models.Q(('points__range', (1, 5))), name='trainings_applicationscore_points')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', max_length=24, unique=True, verbose_name='number')),
                ('name', models.CharField(max_length=200, verbose_name='name as printed')),
                ('native_name', models.CharField(blank=True, max_length=150, verbose_name='name in the own script as printed')),
                ('native_language', models.CharField(blank=True, max_length=10, verbose_name='language of that name')),
                ('title', models.CharField(max_length=250, verbose_name='title as printed')),
                ('dates', models.CharField(max_length=120, verbose_name='dates as printed')),
                ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='hours')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued')),
                ('reissued_at', models.DateTimeField(blank=True, null=True, verbose_name='reissued')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('revoke_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the revocation')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='activities.activity', verbose_name='event or training')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates', to='accounts.person', verbose_name='person')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revoked by')),
            ],
            options={
                'verbose_name': 'certificate',
                'verbose_name_plural': 'certificates',
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'person'), name='trainings_certificate_once', violation_error_message='The person has a certificate for this already.'), models.CheckConstraint(condition=models.Q(('revoked_at', None), models.Q(('revoke_reason', ''), _negated=True), _connector='OR'), name='trainings_certificate_revoked_with_reason', violation_error_message='Say why the certificate was revoked.')],
            },
        ),
        migrations.CreateModel(
            name='DonorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('fund_code', models.CharField(blank=True, max_length=60, verbose_name='fund code')),
                ('result_code', models.CharField(blank=True, max_length=60, verbose_name='result code')),
                ('first_day', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('figures', models.JSONField(editable=False, verbose_name='figures')),
                ('checksum', models.CharField(db_collation='C', editable=False, max_length=64, verbose_name='checksum')),
                ('frozen_at', models.DateTimeField(editable=False, verbose_name='frozen')),
                ('frozen_by_id', models.BigIntegerField(editable=False, verbose_name='frozen by')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='donor_reports', to='activities.activity', verbose_name='event or training')),
                ('funder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='donor_reports', to='network.partner', verbose_name='funder')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='trainings.donorreport', verbose_name='corrects')),
            ],
            options={
                'verbose_name': 'donor report',
                'verbose_name_plural': 'donor reports',
                'ordering': ['-frozen_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('first_day', None), ('fund_code', ''), ('funder', None), ('result_code', '')), models.Q(('activity', None), models.Q(models.Q(('fund_code', ''), _negated=True), models.Q(('result_code', ''), _negated=True), ('funder__isnull', False), ('first_day__isnull', False), _connector='OR')), _connector='OR'), name='trainings_donorreport_covers', violation_error_message='Choose one training, one event, or a fund, a funder and a period.'), models.CheckConstraint(condition=models.Q(models.Q(('first_day', None), ('last_day', None)), models.Q(('first_day__isnull', False), ('last_day__gte', models.F('first_day')), ('last_day__isnull', False)), _connector='OR'), name='trainings_donorreport_period', violation_error_message='A period has a first day and a last day that is not before it.')],
            },
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('nominations_close_at', None), models.Q(('deadline_zone', ''), _negated=True), _connector='OR'), name='trainings_training_deadline_has_zone', violation_error_message='A deadline needs the zone it is meant in.'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('women_share', None), ('women_share__range', (0, 100)), _connector='OR'), name='trainings_training_women_share'),
        ),
        migrations.AddConstraint(
            model_name='seatclass',
            constraint=models.UniqueConstraint(fields=('training', 'funding', 'presence'), name='trainings_seatclass_once', violation_error_message='The training has this class of seats already.'),
        ),
        migrations.AddConstraint(
            model_name='seatcap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('member_state__isnull', False), ('site', None)), models.Q(('member_state', None), ('site__isnull', False)), _connector='OR'), name='trainings_seatcap_of_one', violation_error_message='A cap is for one member state, one reserve or one geopark.'),
        ),
        migrations.AddConstraint(
            model_name='seatcap',
            constraint=models.UniqueConstraint(fields=('training', 'member_state', 'site'), name='trainings_seatcap_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('training', 'code'), name='trainings_question_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['one', 'many']), ('choices', []), _connector='OR'), name='trainings_question_choices', violation_error_message='Only questions with one or several choices have choices.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'number'), models.Q(('least', None), ('most', None)), _connector='OR'), name='trainings_question_limits_of_number', violation_error_message='Only a number has a least and a greatest value.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('least', None), ('most', None), ('least__lte', models.F('most')), _connector='OR'), name='trainings_question_limits', violation_error_message='The least value is greater than the greatest.'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['training', 'state'], name='application_selection'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('training', 'person'), name='trainings_application_once', violation_error_message='The person has applied for this training already.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), ('submitted_at__isnull', False), _connector='OR'), name='trainings_application_submitted_at'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reserve_list'), _negated=True), models.Q(('reserve_rank__isnull', False), ('seat_class__isnull', False)), _connector='OR'), name='trainings_application_reserve_rank'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'selected'), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='trainings_application_answer_by'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('seat_class', 'reserve_rank'), name='trainings_application_reserve_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('training', 'member_state', 'endorsement_rank'), name='trainings_application_endorsement_rank_once'),
        ),
    ]
