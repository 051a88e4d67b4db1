/* Keys of every page of the workspace: / leads to the search over everything, g and then t to Today, u to the button that undoes the last act, where there is one
   (Enter presses it: a single letter changes nothing). Single letters are switched off with those of the lists (WCAG 2.1.4), and
   never act while somebody types. */
"use strict";

(() => {
  const SWITCH = "list-keys";
  const WAIT = 1500; // milliseconds between g and t
  let begun = 0;

  function off() {
    try {
      return window.localStorage.getItem(SWITCH) === "off";
    } catch {
      return false; // a browser that keeps nothing has the keys
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const within = Date.now() - begun < WAIT;
    begun = event.key === "g" ? Date.now() : 0;
    if (off()) return;
    if (event.key === "t" && within) {
      const today = document.querySelector("a[data-today]");
      if (today) {
        event.preventDefault();
        today.click();
      }
    } else if (event.key === "/" && !document.querySelector(".list, [data-list]")) {
      const find = document.getElementById("find"); // a list has a search of its own
      if (find) {
        event.preventDefault();
        find.focus();
        find.select();
      }
    } else if (event.key === "u") {
      const undo = document.querySelector("[data-undo]");
      if (undo) {
        event.preventDefault();
        undo.scrollIntoView({ block: "center" });
        undo.focus();
      }
    }
  });
})();
