/* Looks every two seconds how far long work is, and reads out each tenth. Without a script the page has links for it. */
"use strict";

(() => {
  const EVERY = 2000;
  const tells = document.querySelector("[data-tells]");
  const away = document.querySelector("[data-away]");
  let failed = 0;

  function tell(article) {
    if (tells) tells.textContent = article.dataset.told;
  }

  // What somebody may have the focus in stays: only the figures are replaced, until the state is another one.
  function show(old, fresh) {
    if (old.dataset.state === fresh.dataset.state) {
      old.querySelector("[data-far]").replaceWith(fresh.querySelector("[data-far]"));
      if (old.dataset.tenth !== fresh.dataset.tenth) tell(fresh);
      old.dataset.tenth = fresh.dataset.tenth;
      return old;
    }
    const had = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (had) fresh.querySelector("h2").focus();
    tell(fresh);
    return fresh;
  }

  async function look(article) {
    let now = article;
    try {
      const answer = await fetch(article.dataset.poll, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".job");
      now = show(article, fresh);
      failed = 0;
    } catch {
      failed += 1;
    }
    if (away) away.hidden = failed < 3;
    if (now.dataset.poll) window.setTimeout(look, EVERY, now);
    else if (!document.querySelector("[data-poll]")) document.querySelector("[data-by-hand]")?.remove();
  }

  // A page that comes again by itself is not asked for as well.
  if (new URLSearchParams(window.location.search).has("keep")) return;
  for (const article of document.querySelectorAll(".job[data-poll]")) window.setTimeout(look, EVERY, article);
})();
