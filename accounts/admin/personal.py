"""Ground of the admin of human beings."""

from record_admin.model_admin import PlainAdmin


class PersonalAdmin(PlainAdmin):
    """Records of human beings: the admin's own log keeps who worked on which record, but no name."""

    about_people = True
