"""Which texts of the desk exist in up to seven languages."""

from modeltranslation.translator import TranslationOptions, register

from .models import Announcement


@register(Announcement)
class AnnouncementTranslation(TranslationOptions):
    fields = ("title", "text")
    # No fallback from one language to another: an announcement goes out whole in a language, or in English.
    fallback_languages = {"default": ("en",)}
