/* Keys of the page of one application: n and p along the list, figures for the decision, r for the reason, f for the files,
   Ctrl and Enter to send. All of it is also done without a script. Single letters are switched off with those of the lists
   (WCAG 2.1.4), and never act while somebody types. */
"use strict";

(() => {
  const SWITCH = "list-keys";
  const form = document.getElementById("decide");
  const box = document.querySelector("[data-keys-on]");
  const choices = form ? [...form.querySelectorAll("input[name=choice]")] : [];
  let on = true;
  try {
    on = window.localStorage.getItem(SWITCH) !== "off";
  } catch {
    // a browser that keeps nothing has the keys until the page is left
  }
  if (box) {
    box.closest("[hidden]").hidden = false;
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try {
        window.localStorage.setItem(SWITCH, on ? "on" : "off");
      } catch {
        // as above
      }
    });
  }

  const KEYS = {
    n: () => document.querySelector("a[rel=next]")?.click(),
    p: () => document.querySelector("a[rel=prev]")?.click(),
    r: () => document.getElementById("id_reason")?.focus(),
    f: () => document.getElementById("files")?.scrollIntoView(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=then]"));
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const chosen = /^[1-9]$/.test(event.key) ? choices[Number(event.key) - 1] : null;
    if (chosen) {
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
    } else if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
})();
