"""Which addresses outside the admin are for whom: groups that answer alike, role by role.

A sign for each role, in this order: nobody signed in, somebody without a role, the participant whose place, application and
certificate the prepared records are, the steward, the focal point and the trainer of theirs, an officer whose session has not
shown the second factor, an officer, an administrator. 2: opens; 3: leads elsewhere; 4: is not there, or not for them.
"""

from dataclasses import dataclass
from typing import Final

OPENS: Final = "2"
ALL, LEADS_ON, NONE = "222222222", "333333333", "444444444"
SIGNED_IN = "322222222"
NOT_YET = "233333333"  # whoever is signed in needs it no more
OF_THE_STATE = "344424322"  # of a focal point and of officers
OF_THE_FOCAL_POINT = "344424444"


@dataclass(frozen=True)
class Group:
    """Addresses that answer alike: when they are read, and when a form with nothing typed is sent to them. What is public names
    nobody to anybody."""

    what: str
    reading: str
    sending: str
    listed: str
    public: bool = False
    only_head: str = ""  # where HEAD is answered otherwise than GET

    @property
    def names(self) -> list[str]:
        return self.listed.split()

    @property
    def head(self) -> str:
        return self.only_head or self.reading


GROUPS: Final = [
    Group("public pages and files", ALL, NONE, """
        reserve-list reserve-detail reserve-export reserve-citation geopark-list geopark-detail geopark-export geopark-citation
        site-list site-export map compare compare-export calendars calendar search statistics statistics-export
        memberstate-list memberstate-detail partner-list partner-detail programme-list programme-detail document-list
        document-detail document-file photo-file event-list event-detail event-registered join-renewed training-list
        training-detail offer-asked account_inactive account_password_reset_completed
        ogc api/ogc/conformance api/ogc/collections api/ogc/collections/<slug:name> api/ogc/collections/<slug:name>/items
        api/ogc/collections/<slug:name>/items/<slug:slug>""", public=True),
    Group("the API, which does not know HEAD yet", ALL, NONE, """
        api:reserves api:reserve api:geoparks api:geopark api:events api:trainings api:documents api:partners api:programmes
        api:member_states api:start""", public=True, only_head=NONE),
    Group("public pages that do not look at what is sent", ALL, ALL, """
        security-txt robots feed sitemap event-calendar training-calendar home about contact privacy accessibility security terms
        api:openapi-json api:openapi-view""", public=True),
    Group("public forms", ALL, ALL, "event-register event-register-several offer-ask account_reset_password certificate-check", public=True),
    Group("there only once it is set up", NONE, NONE, "map-tile", public=True),
    Group("for mail services, by a secret; they ask by HEAD too", NONE, NONE, "mail-reports", public=True),
    Group("ways in", NOT_YET, NOT_YET,
          "account_login account_signup account_signup_by_passkey account_request_login_code", public=True),
    Group("steps of a way in, out of their turn", LEADS_ON, LEADS_ON, """
        account_email_verification_sent account_confirm_login_code account_confirm_password_reset_code
        account_complete_password_reset mfa_authenticate mfa_login_webauthn mfa_signup_webauthn""", public=True),
    Group("call for applications: who is signed in begins one by opening the form", ALL, "323222222", "training-apply", public=True),
    Group("check of an application nobody has begun", LEADS_ON, LEADS_ON, "training-apply-check", public=True),

    Group("by a key: forms that answer on their page", ALL, ALL,
          "certificate training-application join-question mail-preferences-of mail-stop"),
    Group("by a key: to read", ALL, NONE, "training-letter training-certificate own-calendar own-reviews join join-material event-place-calendar"),
    Group("by a key: forms that lead on", ALL, LEADS_ON, "event-place event-party event-place-address site-confirm training-follow-up join-survey"),
    Group("by a key: buttons", NONE, LEADS_ON, "join-renew join-nameless"),

    Group("own pages", SIGNED_IN, "344444444", """
        mfa_index mfa_list_webauthn me me-sites me-sites-care me-sites-proposals me-roles me-applications me-data-page me-data-zip
        me-data me-certificates my-sessions"""),
    Group("own forms that answer on their page", SIGNED_IN, SIGNED_IN, """
        account_reauthenticate account_change_password me-profile me-mailbox me-role-ask me-steward-ask mail-preferences"""),
    Group("own forms that lead on", SIGNED_IN, LEADS_ON, "usersessions_list account_logout account_email me-privacy"),
    Group("own calendar: of a person, which the administrator here is not", SIGNED_IN, "333333334", "me-calendar"),
    Group("own button", "344444444", LEADS_ON, "me-site"),
    Group("asks first who sits there", LEADS_ON, LEADS_ON, """
        account_set_password reauthenticate_by_code mfa_activate_totp"""),

    Group("second factor: codes of who has some", "344444444", "344444444", "mfa_view_recovery_codes mfa_download_recovery_codes"),
    Group("second factor: is it you, by what one has", "333333222", "333333222", "mfa_reauthenticate"),
    Group("asks first who sits there; staff have just shown it", "333333322", "333333322", "mfa_add_webauthn me-delete"),
    Group("second factor: an app that one has", "344444322", "344444333", "mfa_deactivate_totp"),
    Group("second factor: codes for who has a factor", "333333322", "333333333", "mfa_generate_recovery_codes"),
    Group("second factor: is it you, by a passkey that nobody here has", LEADS_ON, LEADS_ON, "mfa_reauthenticate_webauthn"),
    Group("second factor: a passkey of somebody else; asks first who sits there", "333333344", "333333344", "mfa_remove_webauthn mfa_edit_webauthn"),

    Group("own proposal", "344244444", "344444444", "me-sites-proposal"),
    Group("own proposal: button", "344444444", "344344444", "me-sites-take-back"),
    Group("form about a site of one's own or of the state", "344324444", "344324444", "me-sites-propose"),
    Group("check of what was proposed", "344334444", "344334444", "me-sites-check"),
    Group("confirming a site of one's own or of the state", "344224444", "344334444", "me-sites-confirm"),
    Group("sites of one's own, of the state and of officers: to read", "344224322", "344444344", "me-reviews me-review"),
    Group("ending a stewardship: its own, the state's, officers", "344224322", "344334333", "me-steward-end"),
    Group("own request for a role: button", "344444444", "343444444", "me-role-take-back"),

    Group("people of the state: to read", OF_THE_STATE, "344444344", """
        me-requests me-people me-registrations me-people-applications me-person me-applications-of-state"""),
    Group("people of the state: forms", OF_THE_STATE, OF_THE_STATE, "me-role-withdraw me-request me-person-register"),
    Group("people of the state: button", "344444344", "344434333", "me-place-give-back"),
    Group("people of the state, for its focal point alone: to read", OF_THE_FOCAL_POINT, "344444444",
          "me-person-calls me-ranking-of-state me-person-mails"),
    Group("people of the state, for its focal point alone: forms", OF_THE_FOCAL_POINT, OF_THE_FOCAL_POINT,
          "me-person-add me-person-edit me-person-apply me-person-twice me-nominees"),
    Group("people of the state, for its focal point alone: check", "344434444", "344434444", "me-person-apply-check"),
    Group("people of the state: removed by who added them; somebody else did", "344424444", "344434444", "me-person-remove"),
    Group("letter about somebody of whom no mail has gone", "344444444", "344444444", "me-person-mail"),
    Group("application for a colleague of the own mailbox", "342444444", "342444444", "me-mailbox-apply"),
    Group("check of an application for a colleague that nobody has begun", "343444444", "343444444", "me-mailbox-apply-check"),
    Group("application of somebody of the state: to read, and to endorse", OF_THE_STATE, "344424344", "me-application-of-state"),

    Group("own application", "342444444", "342444444", "me-application"),
    Group("own application: follow-up", "342444444", "343444444", "me-follow-up"),
    Group("own application: to read", "342444444", "344444444", "me-participants me-certificate me-letter"),
    Group("file of an application: its person, the state, officers", "442424422", NONE, "application-file application-file-page"),
    Group("material for who is registered, trainers, officers", "442442422", NONE, "material-file"),

    Group("session one leads", "344442444", "344442444", "my-session my-session-material"),
    Group("session one leads: button", "344444444", "344443444", "my-session-withdraw"),
    Group("session one leads, officers: who is there", "344442322", "344443333", "me-presence"),
]  # fmt: skip
