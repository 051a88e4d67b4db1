"""Addresses of a person's own pages, under /me/."""

from django.urls import path, re_path

from trainings.workflow.references import PATTERN

from .own_calendar import OwnCalendarView
from .views import (
    applications,
    confirming,
    nominating,
    overview,
    own_applications,
    papers,
    people,
    presence,
    privacy,
    profile,
    proposals,
    ranking,
    registering,
    registrations,
    requests,
    reviews,
    roles,
    sessions,
    sites,
)

OWN = f"^applications/(?P<reference>{PATTERN})/"

urlpatterns = [
    path("", overview.OverviewView.as_view(), name="me"),
    path("profile/", profile.ProfileView.as_view(), name="me-profile"),
    path("sites/", sites.SitesView.as_view(), name="me-sites"),
    path("sites/<slug:kind>/<int:pk>/", sites.LinkView.as_view(), name="me-site"),
    path("sites/care/", confirming.CareView.as_view(), name="me-sites-care"),
    path("sites/confirm/<str:token>/", confirming.ConfirmLinkView.as_view(), name="site-confirm"),
    path("sites/proposals/", proposals.ProposalsView.as_view(), name="me-sites-proposals"),
    path("sites/proposals/<slug:kind>/<int:pk>/", proposals.ProposalView.as_view(), name="me-sites-proposal"),
    path(
        "sites/proposals/<slug:kind>/<int:pk>/take-back/",
        proposals.WithdrawProposalView.as_view(),
        name="me-sites-take-back",
    ),
    path("sites/<slug:kind>/<slug:slug>/propose/", proposals.ProposeView.as_view(), name="me-sites-propose"),
    path("sites/<slug:kind>/<slug:slug>/propose/check/", proposals.CheckView.as_view(), name="me-sites-check"),
    path("sites/<slug:kind>/<slug:slug>/confirm/", confirming.ConfirmView.as_view(), name="me-sites-confirm"),
    path("roles/", roles.RolesView.as_view(), name="me-roles"),
    path("roles/ask/", roles.AskView.as_view(), name="me-role-ask"),
    path("roles/ask/<slug:kind>/<int:pk>/", roles.AskView.as_view(), name="me-steward-ask"),
    path("roles/asked/<int:pk>/take-back/", roles.TakeBackView.as_view(), name="me-role-take-back"),
    path("roles/<int:pk>/give-back/", roles.WithdrawView.as_view(), name="me-role-withdraw"),
    path("roles/<slug:kind>/<int:pk>/<int:person>/end/", roles.EndView.as_view(), name="me-steward-end"),
    path("requests/", requests.RequestsView.as_view(), name="me-requests"),
    path("requests/<int:pk>/", requests.RequestView.as_view(), name="me-request"),
    path("reviews/", reviews.ReviewsView.as_view(), name="me-reviews"),
    path("reviews/<slug:kind>/<int:pk>/", reviews.ReviewView.as_view(), name="me-review"),
    path("people/", people.PeopleView.as_view(), name="me-people"),
    path("people/add/", people.PersonAddView.as_view(), name="me-person-add"),
    path("people/registrations/", registrations.RegistrationsView.as_view(), name="me-registrations"),
    path("people/applications/", applications.CallsOfStateView.as_view(), name="me-people-applications"),
    path("people/<int:pk>/", people.PersonView.as_view(), name="me-person"),
    path("people/<int:pk>/edit/", people.PersonEditView.as_view(), name="me-person-edit"),
    path("people/<int:pk>/register/", registering.RegisterPersonView.as_view(), name="me-person-register"),
    path(
        "people/<int:pk>/places/<int:place>/give-back/", registering.GiveBackView.as_view(), name="me-place-give-back"
    ),
    path("people/<int:pk>/apply/", nominating.CallsView.as_view(), name="me-person-calls"),
    path("people/<int:pk>/apply/<slug:slug>/", nominating.ApplyView.as_view(), name="me-person-apply"),
    path("people/<int:pk>/apply/<slug:slug>/check/", nominating.CheckView.as_view(), name="me-person-apply-check"),
    path("applications/", own_applications.ApplicationsView.as_view(), name="me-applications"),
    # Before the trainings: a reference is no slug of one.
    re_path(OWN + "$", own_applications.ApplicationView.as_view(), name="me-application"),
    re_path(OWN + "follow-up/$", own_applications.FollowUpView.as_view(), name="me-follow-up"),
    re_path(OWN + "participants/$", own_applications.ParticipantsView.as_view(), name="me-participants"),
    path("applications/<slug:slug>/", applications.OfStateView.as_view(), name="me-applications-of-state"),
    path("applications/<slug:slug>/order/", ranking.RankingView.as_view(), name="me-ranking-of-state"),
    path(
        "applications/<slug:slug>/<str:reference>/",
        applications.ApplicationOfStateView.as_view(),
        name="me-application-of-state",
    ),
    path("privacy/", privacy.PrivacyView.as_view(), name="me-privacy"),
    path("data/", privacy.DataPage.as_view(), name="me-data-page"),
    path("data.zip", privacy.DataZipView.as_view(), name="me-data-zip"),
    path("data.json", privacy.DataView.as_view(), name="me-data"),
    path("calendar/", OwnCalendarView.as_view(), name="me-calendar"),
    path("delete/", privacy.EraseView.as_view(), name="me-delete"),
    path("certificates/", papers.PapersView.as_view(), name="me-certificates"),
    path("certificates/<str:number>.pdf", papers.CertificateFileView.as_view(), name="me-certificate"),
    path("letters/<str:reference>.pdf", papers.LetterFileView.as_view(), name="me-letter"),
    path("sessions/<slug:kind>/<int:pk>/presence/", presence.PresenceView.as_view(), name="me-presence"),
    path("sessions/", sessions.SessionsView.as_view(), name="my-sessions"),
    path("sessions/<slug:kind>/<int:pk>/", sessions.SessionView.as_view(), name="my-session"),
    path(
        "sessions/<slug:kind>/<int:pk>/materials/<int:material>/",
        sessions.SessionMaterialView.as_view(),
        name="my-session-material",
    ),
    path(
        "sessions/<slug:kind>/<int:pk>/materials/<int:material>/take-down/",
        sessions.WithdrawMaterialView.as_view(),
        name="my-session-withdraw",
    ),
]
