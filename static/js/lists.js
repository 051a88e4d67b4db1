/* Keys of the lists, and the count of what is chosen. Everything here is also done without a script: by boxes, links, buttons.
   Single letters can be switched off, in this browser (WCAG 2.1.4), and never act while somebody types. */
"use strict";

(() => {
  const list = document.querySelector(".list, [data-list]");
  if (!list) return;
  const SWITCH = "list-keys";
  const rows = [...list.querySelectorAll("#result_list tbody tr, [data-rows] tbody tr")];
  const boxOf = (row) => row.querySelector(".pickbox input:not([disabled])");
  const dialog = document.getElementById("list-keys");
  let here = -1;
  let last = -1;

  // What is chosen --------------------------------------------------------------------------------------------------
  const words = list.querySelector("[data-chosen]");
  const all = list.querySelector("[data-all]");

  function tell() {
    const boxes = rows.map(boxOf).filter(Boolean);
    const chosen = boxes.filter((box) => box.checked).length;
    if (words) {
      const { none, some } = words.parentElement.dataset;
      words.textContent = chosen ? some.replace("{n}", chosen) : none;
    }
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }

  function range(from, to, checked) {
    for (let number = Math.min(from, to); number <= Math.max(from, to); number += 1) {
      const box = boxOf(rows[number]);
      if (box) box.checked = checked;
    }
  }

  if (all && rows.some(boxOf)) {
    all.hidden = false;
    all.addEventListener("change", () => {
      range(0, rows.length - 1, all.checked);
      tell();
    });
  }
  list.addEventListener("click", (event) => {
    const box = event.target.closest(".pickbox input:not([data-all])");
    if (!box) return;
    const number = rows.indexOf(box.closest("tr"));
    if (event.shiftKey && last >= 0) range(last, number, box.checked);
    last = number;
    tell();
  });
  window.addEventListener("pageshow", tell); // boxes keep their ticks when one comes back
  tell();

  // One fold at a time; a click beside it or Escape closes it -------------------------------------------------------
  const folds = () => document.querySelectorAll(".pick[open], .list .menu[open], .list-head .menu[open], [data-list] .menu[open]");
  document.addEventListener("click", (event) => {
    for (const fold of folds()) if (!fold.contains(event.target)) fold.open = false;
  });

  // Keys ------------------------------------------------------------------------------------------------------------
  const kept = () => {
    try {
      return window.localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true;
    }
  };
  const keep = (on) => {
    try {
      window.localStorage.setItem(SWITCH, on ? "on" : "off");
    } catch {
      // a browser that keeps nothing has the keys until the page is left
    }
  };
  let on = kept();
  const hint = list.querySelector("[data-keys]");
  const box = list.querySelector("[data-keys-on]");
  if (hint) hint.hidden = false;
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      keep(on);
    });
  }
  list.querySelector("[data-keys-open]")?.addEventListener("click", () => dialog?.showModal());

  function go(step) {
    if (!rows.length) return;
    rows[here]?.classList.remove("here");
    here = Math.min(Math.max(here + step, 0), rows.length - 1);
    const row = rows[here];
    row.classList.add("here");
    (row.querySelector("th a, td a") ?? boxOf(row))?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function choose(event) {
    const chosen = rows[here] && boxOf(rows[here]);
    if (!chosen) return;
    if (event.shiftKey && last >= 0) range(last, here, true);
    else chosen.checked = !chosen.checked;
    last = here;
    tell();
  }

  function open(fold) {
    if (!fold) return;
    fold.open = true;
    (fold.querySelector("summary ~ * :is(input:not([type=hidden]):enabled, button, a)") ?? fold.querySelector("summary"))?.focus();
  }

  const KEYS = {
    "/": () => {
      const bar = list.querySelector(".filter-fold");
      const search = list.querySelector("#searchbar, .find input[type=search]");
      if (!search) return;
      if (!search.checkVisibility?.()) bar.open = true;
      search.focus();
      search.select();
    },
    j: () => go(1),
    k: () => go(-1),
    x: choose,
    X: choose,
    Enter: () => rows[here]?.querySelector("th a, td a")?.click(),
    a: () => list.querySelector(".bulk :is(button, summary)")?.focus(),
    f: () => {
      const bar = list.querySelector(".filter-fold");
      const first = list.querySelector(".filters details.pick");
      if (first && !first.checkVisibility?.()) bar.open = true;
      open(first);
    },
    "?": () => dialog?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const fold of folds()) {
        fold.open = false;
        fold.querySelector("summary").focus();
      }
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing || !Object.hasOwn(KEYS, event.key)) return;
    if (event.key === "Enter" && event.target.closest?.("a, button, summary, input")) return;
    event.preventDefault();
    KEYS[event.key](event);
  });
})();
