"""Pages of the account that take the place of allauth's, or stand beside them, under /accounts/."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.urls import path

from .views import proving, where_signed_in

urlpatterns = [
    path("reauthenticate/code/", proving.ByCodeView.as_view(), name="reauthenticate_by_code"),
    # Who has none sets one: anybody at their screen could.
    path("password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("sessions/", where_signed_in.WhereSignedInView.as_view(), name="usersessions_list"),
]
