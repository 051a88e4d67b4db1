/* The admin's own boxes that search while one types have no name for a screen reader: they get the words of their label.
   They are drawn anew now and then, hence the observer. A new record begins at its first field, not at the button above. */
"use strict";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const words = select.getAttribute("aria-label") || label?.textContent.trim().replace(/:$/, "");
    const box = select.parentElement.querySelector(".select2-selection");
    if (!words || !box) continue;
    for (const part of [box, ...box.querySelectorAll(".select2-selection__rendered, .select2-search__field")]) {
      part.setAttribute("aria-label", words);
    }
  }
}

window.addEventListener("load", () => {
  nameBoxes();
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
  if (document.activeElement?.closest(".submit-row")) {
    document.querySelector("fieldset :is(input:not([type=hidden]), select, textarea):enabled")?.focus();
  }
});
