"""Moments and languages as staff read them in the admin, whose own clock is UTC."""

from django import template

from ..admin.staff_words import in_utc, language_name

register = template.Library()
register.filter("utc", in_utc)
register.filter("language_name", language_name)
