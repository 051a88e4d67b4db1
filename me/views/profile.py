"""What I tell the portal about myself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.models import Person
from records.printed_names import tell_of_missing_letters
from records.template_context import Context, Keywords

from ..access import OwnPage
from ..forms import ProfileForm
from ..own_sites import linked_sites


class ProfileView(OwnPage, FormView):
    """An account that was made by hand has no person yet: the first form that is kept makes one."""

    template_name = "me/profile.html"
    form_class = ProfileForm

    def get_form_kwargs(self) -> Keywords:
        person = self.own_person() if self.request.method == "POST" else self.person
        return super().get_form_kwargs() | {"instance": person or Person(email=self.user.email)}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"sites": linked_sites(self.person)}

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Your profile is kept."))
        tell_of_missing_letters(self.request, form.cleaned_data)
        return redirect("me-profile")
