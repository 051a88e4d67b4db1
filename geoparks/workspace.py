"""What stands in the navigation of the officers' workspace about geoparks."""

from record_admin.workspace.entries import Section, register_list

from .models import Geopark

register_list(Geopark, Section.SITES, 20)
