# The models as they stand; written anew until release 0.2.0, from then on only added to.

import records.formats.vocabulary
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(db_collation='C', max_length=254, unique=True, verbose_name='e-mail address')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may enter the admin')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['email'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name in Latin letters')),
                ('native_name', models.CharField(blank=True, max_length=150, verbose_name='name in the own script')),
                ('native_language', models.CharField(blank=True, choices=[('en', 'English'), ('zh-Hans', '简体中文'), ('zh-Hant', '繁體中文'), ('ja', '日本語'), ('ko', '한국어'), ('ko-Hani', '漢字 (한국)'), ('mn', 'Монгол'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('fr', 'Français')], max_length=10, verbose_name='language of that name')),
                ('email', models.EmailField(blank=True, db_collation='C', max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('time_zone', models.CharField(default='UTC', max_length=40, validators=[records.formats.vocabulary.validate_zone], verbose_name='time zone')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('position', models.CharField(blank=True, max_length=150, verbose_name='position')),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other'), ('not_stated', 'Prefer not to say')], default='not_stated', max_length=10, verbose_name='sex')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of birth')),
                ('nationality', models.CharField(blank=True, max_length=2, verbose_name='nationality (ISO code)')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased')),
                ('care_of', models.ForeignKey(blank=True, help_text='The focal point who receives the mail of a person without an address.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_care', to='accounts.person', verbose_name='mail in care of')),
                ('member_state', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='network.memberstate', verbose_name='member state')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'persons',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('notice', 'Privacy notice read'), ('transfer', 'Data may be passed on across borders')], max_length=10, verbose_name='to what')),
                ('version', models.CharField(db_collation='C', max_length=20, verbose_name='version of the notice')),
                ('how', models.CharField(choices=[('sign_up', 'When the account was made'), ('own_page', 'On the own page'), ('form', 'With a registration or application'), ('told', 'Told to the focal point or the secretariat')], max_length=10, verbose_name='how')),
                ('by_id', models.BigIntegerField(blank=True, null=True, verbose_name='written down by')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='accounts.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('secretariat', 'Secretariat officer'), ('focal_point', 'National focal point'), ('trainer', 'Trainer')], max_length=20, verbose_name='role')),
                ('granted_at', models.DateTimeField(auto_now_add=True, verbose_name='granted')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                ('member_state', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to='network.memberstate', verbose_name='member state')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='accounts.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'ordering': ['-granted_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('focal_point', 'Focal point of a member state'), ('steward', 'Steward of a site'), ('trainer', 'Trainer')], max_length=20, verbose_name='role')),
                ('site_id', models.BigIntegerField(blank=True, null=True, verbose_name='site')),
                ('state_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(db_collation='C', max_length=2), blank=True, default=list, size=None, verbose_name='states that may decide')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='why')),
                ('state', models.CharField(choices=[('asked', 'Waiting for a decision'), ('granted', 'Granted'), ('refused', 'Refused'), ('taken_back', 'Taken back')], default='asked', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason of the decision')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('member_state', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.memberstate', verbose_name='member state')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_requests', to='accounts.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'request for a role',
                'verbose_name_plural': 'requests for roles',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_user_email_lower'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='accounts_person_email_once', violation_error_message='A person with this address is already known.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_person_email_lower'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('care_of', None), _connector='OR'), name='accounts_person_own_mail_or_care'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('birth_year', None), ('birth_year__range', (1900, 2100)), _connector='OR'), name='accounts_person_birth_year'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('birth_year', None), ('email', ''), ('nationality', ''), ('native_name', ''), ('user', None)), _connector='OR'), name='accounts_person_erased'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'what', 'version'), name='accounts_consent_once'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('member_state__isnull', False), ('role', 'focal_point')), models.Q(models.Q(('role', 'focal_point'), _negated=True), ('member_state__isnull', True)), _connector='OR'), name='accounts_rolegrant_state_of_focal_point', violation_error_message='A focal point belongs to a member state; other roles do not.'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'role', 'member_state'), name='accounts_rolegrant_once', nulls_distinct=False, violation_error_message='The person holds this role already.'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('member_state__isnull', False), ('role', 'focal_point'), ('site_id', None)), models.Q(('member_state', None), ('role', 'steward'), ('site_id__isnull', False)), models.Q(('member_state', None), ('role', 'trainer'), ('site_id', None)), _connector='OR'), name='accounts_rolerequest_of_what'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='accounts_rolerequest_decided_at'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='accounts_rolerequest_why_refused'),
        ),
        migrations.AddConstraint(
            model_name='rolerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('person', 'role', 'member_state', 'site_id'), name='accounts_rolerequest_once', nulls_distinct=False, violation_error_message='You have asked for this role already. It waits for a decision.'),
        ),
    ]
