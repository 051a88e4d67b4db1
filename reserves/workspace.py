"""What stands in the navigation of the officers' workspace about biosphere reserves."""

from record_admin.workspace.entries import Section, register_list

from .models import BiosphereReserve

register_list(BiosphereReserve, Section.SITES, 10)
