"""Addresses of this app's pages, under a language prefix."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("member-states/", views.MemberStateListView.as_view(), name="memberstate-list"),
    re_path(r"^member-states/(?P<code>[A-Za-z]{2})/$", views.MemberStateView.as_view(), name="memberstate-detail"),
    path("partners/", views.PartnerListView.as_view(), name="partner-list"),
    path("partners/<slug:slug>/", views.PartnerView.as_view(), name="partner-detail"),
    path("programmes/", views.ProgrammeTreeView.as_view(), name="programme-list"),
    path("programmes/<slug:slug>/", views.ProgrammeView.as_view(), name="programme-detail"),
    path("documents/", views.DocumentListView.as_view(), name="document-list"),
    path("documents/<slug:slug>/", views.DocumentView.as_view(), name="document-detail"),
]
