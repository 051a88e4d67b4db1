# The models as they stand; written anew until release 0.2.0, from then on only added to.

import datetime
import records.formats.vocabulary
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DomainPace',
            fields=[
                ('domain', models.CharField(db_collation='C', max_length=253, primary_key=True, serialize=False, verbose_name='domain')),
                ('next_at', models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), verbose_name='next mail')),
            ],
            options={
                'verbose_name': 'pace of a domain',
                'verbose_name_plural': 'paces of domains',
            },
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=300, verbose_name='what')),
                ('kind', models.CharField(db_collation='C', max_length=80, verbose_name='kind')),
                ('by_id', models.BigIntegerField(blank=True, null=True, verbose_name='let go by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='let go')),
                ('goes_at', models.DateTimeField(verbose_name='goes out')),
                ('called_back_at', models.DateTimeField(blank=True, null=True, verbose_name='called back')),
                ('called_back_by_id', models.BigIntegerField(blank=True, null=True, verbose_name='called back by')),
            ],
            options={
                'verbose_name': 'mailing',
                'verbose_name_plural': 'mailings',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(db_collation='C', max_length=254, unique=True, verbose_name='address')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('zone', models.CharField(default='UTC', max_length=40, validators=[records.formats.vocabulary.validate_zone], verbose_name='time zone')),
                ('wishes', models.JSONField(blank=True, db_default={}, default=dict, help_text='How often the reader wants each topic. Service mails, such as a sign-in code, are sent all the same.', verbose_name='mail preferences')),
                ('bounces', models.DecimalField(decimal_places=1, default=0, max_digits=4, verbose_name='score of mails that came back')),
                ('disabled_at', models.DateTimeField(blank=True, help_text='Too many mails came back: only security mails are tried.', null=True, verbose_name='switched off')),
                ('cleared_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='switched on again')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='first known')),
            ],
            options={
                'verbose_name': 'address',
                'verbose_name_plural': 'addresses',
                'ordering': ['email'],
                'indexes': [models.Index(condition=models.Q(('disabled_at__isnull', False)), fields=['disabled_at'], name='notifications_address_off')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='notifications_address_lower'), models.CheckConstraint(condition=models.Q(('bounces__gte', 0)), name='notifications_address_bounces')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(db_collation='C', max_length=80, verbose_name='kind')),
                ('subject_label', models.CharField(db_collation='C', max_length=100, verbose_name='subject')),
                ('subject_id', models.BigIntegerField(verbose_name='id of the subject')),
                ('recipient_key', models.CharField(db_collation='C', max_length=100, verbose_name='recipient')),
                ('occurrence', models.CharField(blank=True, db_collation='C', db_default='', max_length=100, verbose_name='occurrence')),
                ('email', models.EmailField(blank=True, db_collation='C', max_length=254, verbose_name='address')),
                ('language', models.CharField(db_default='en', max_length=10, verbose_name='language')),
                ('zone', models.CharField(db_default='UTC', max_length=40, validators=[records.formats.vocabulary.validate_zone], verbose_name='time zone')),
                ('due', models.DateTimeField(verbose_name='due')),
                ('expires_at', models.DateTimeField(blank=True, help_text='A mail that is still waiting then is not sent.', null=True, verbose_name='worth nothing after')),
                ('payload', models.JSONField(blank=True, db_default={}, verbose_name='further facts')),
                ('sealed', models.TextField(blank=True, db_default='', editable=False, verbose_name='secret facts, encrypted')),
                ('own_subject', models.CharField(blank=True, db_default='', max_length=250, verbose_name="subject in staff's own words")),
                ('own_text', models.TextField(blank=True, db_default='', verbose_name="text in staff's own words")),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('unknown', 'Unknown whether it arrived'), ('dropped', 'Not sent')], db_default='queued', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, verbose_name='attempts')),
                ('last_error', models.TextField(blank=True, db_default='', verbose_name='last error')),
                ('drop_reason', models.TextField(blank=True, db_default='', verbose_name='why it was not sent')),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken until')),
                ('claimed_by', models.CharField(blank=True, db_default='', editable=False, max_length=100, verbose_name='taken by')),
                ('message_id', models.CharField(blank=True, db_default='', max_length=200, verbose_name='Message-ID')),
                ('created_at', models.DateTimeField(verbose_name='written down')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('mailing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='notifications.mailing', verbose_name='mailing')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'outbox',
                'ordering': ['-due', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MailTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('what', models.CharField(choices=[('attempt', 'Attempt failed'), ('stopped', 'Stopped'), ('edited', 'Changed'), ('again', 'Sent again'), ('returned', 'Came back')], max_length=10, verbose_name='what')),
                ('words', models.TextField(blank=True, verbose_name='in words')),
                ('by_id', models.BigIntegerField(blank=True, null=True, verbose_name='by')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traces', to='notifications.mail', verbose_name='mail')),
            ],
            options={
                'verbose_name': 'trace',
                'verbose_name_plural': 'traces',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hard', 'The address does not exist'), ('soft', 'Not now: mailbox full, server busy'), ('policy', 'Refused for its content or sender'), ('complaint', 'The reader called it spam'), ('declined', 'The reader declined further mails at the mail service')], max_length=10, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='reported')),
                ('words', models.TextField(blank=True, verbose_name="in the server's words")),
                ('event_id', models.CharField(db_collation='C', max_length=200, unique=True, verbose_name='id of the report')),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='notifications.address', verbose_name='address')),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bounces', to='notifications.mail', verbose_name='mail')),
            ],
            options={
                'verbose_name': 'returned mail',
                'verbose_name_plural': 'returned mails',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['address', 'at'], name='notifications_bounce_score'), models.Index(fields=['at'], name='notifications_bounce_at')],
            },
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['due', 'id'], name='notifications_mail_due'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'sending', 'failed', 'unknown'])), fields=['state', 'due'], name='notifications_mail_open'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(models.OrderBy(models.F('due'), descending=True), models.OrderBy(models.F('id'), descending=True), name='notifications_mail_list'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(fields=['recipient_key', 'due'], name='notifications_mail_recipient'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(fields=['subject_label', 'subject_id'], name='notifications_mail_subject'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(django.db.models.functions.text.Lower('email'), models.F('due'), name='notifications_mail_address'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_label', 'subject_id', 'recipient_key', 'occurrence'), name='notifications_mail_once'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'unknown', 'dropped'])), name='notifications_mail_state'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'queued'), models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state__in', ['queued', 'sending']), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='notifications_mail_lease_while_open'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='notifications_mail_sent_at'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), models.Q(('drop_reason', ''), _negated=True)), models.Q(models.Q(('state', 'dropped'), _negated=True), ('drop_reason', '')), _connector='OR'), name='notifications_mail_drop_reason'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('own_subject', ''), ('own_text', '')), models.Q(models.Q(('own_subject', ''), _negated=True), models.Q(('own_text', ''), _negated=True)), _connector='OR'), name='notifications_mail_own_words', violation_error_message='Give a subject and a text, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending']), ('sealed', ''), _connector='OR'), name='notifications_mail_secrets_erased'),
        ),
    ]
