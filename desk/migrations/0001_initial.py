# The models as they stand; written anew until release 0.2.0, from then on only added to.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('network', '0001_initial'),
        ('notifications', '0001_initial'),
        ('trainings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='subject')),
                ('title_en', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_zh_hans', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_ja', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_ko', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_mn', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_ru', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('title_kk', models.CharField(max_length=150, null=True, verbose_name='subject')),
                ('text', models.TextField(help_text='Readers of a language in which it is not written get it in English.', verbose_name='text')),
                ('text_en', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_zh_hans', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_ja', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_ko', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_mn', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_ru', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('text_kk', models.TextField(help_text='Readers of a language in which it is not written get it in English.', null=True, verbose_name='text')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('focal_point', 'Focal points'), ('reserve_steward', 'Stewards of biosphere reserves'), ('geopark_steward', 'Stewards of geoparks'), ('trainer', 'Trainers'), ('secretariat', 'Secretariat officers')], max_length=20), blank=True, default=list, help_text='People who hold one of these roles.', size=None, verbose_name='roles')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('en', 'English'), ('zh-Hans', '简体中文'), ('zh-Hant', '繁體中文'), ('ja', '日本語'), ('ko', '한국어'), ('ko-Hani', '漢字 (한국)'), ('mn', 'Монгол'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('fr', 'Français')], max_length=10), blank=True, default=list, help_text='People who read one of these languages.', size=None, verbose_name='languages')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.event', verbose_name='people registered for an event')),
                ('mailing', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notifications.mailing', verbose_name='mailing')),
                ('member_states', models.ManyToManyField(blank=True, related_name='+', to='network.memberstate', verbose_name='member states')),
                ('training', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trainings.training', verbose_name='people who applied for a training')),
            ],
            options={
                'verbose_name': 'announcement',
                'verbose_name_plural': 'announcements',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OfferRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('organisation', models.CharField(max_length=200, verbose_name='organisation')),
                ('message', models.TextField(max_length=4000, verbose_name='what is needed')),
                ('language', models.CharField(default='en', editable=False, max_length=10, verbose_name='language')),
                ('state', models.CharField(choices=[('new', 'New'), ('answered', 'Answered'), ('closed', 'Closed')], db_index=True, default='new', max_length=10, verbose_name='state')),
                ('answer_note', models.TextField(blank=True, verbose_name='note on the answer')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by')),
                ('member_state', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.memberstate', verbose_name='member state')),
                ('programme', models.ForeignKey(limit_choices_to=models.Q(('kind', 'offer')), on_delete=django.db.models.deletion.PROTECT, related_name='offer_requests', to='network.programme', verbose_name='offer')),
            ],
            options={
                'verbose_name': 'request for an offer',
                'verbose_name_plural': 'requests for offers',
                'ordering': ['-created_at', '-pk'],
            },
        ),
    ]
