"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import Document, MemberState, PageText, Partner, Programme


@register(MemberState)
class MemberStateTranslation(TranslationOptions):
    fields = ("name", "note")


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("name", "role")


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(PageText)
class PageTextTranslation(TranslationOptions):
    fields = ("text",)
