// Suggests the zone that the browser is set to. Nothing is sent or shown before the reader says so.
const field = document.getElementById("id_zone");
const known = new URLSearchParams(location.search).has("zone") || (field && field.value);
if (field && !known) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offered = [...field.options].find((option) => option.value === zone);
  if (offered) {
    offered.selected = true;
    document.getElementById("id_zone_suggested").hidden = false;
  }
}
