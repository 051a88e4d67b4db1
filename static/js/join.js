// Draws the way in anew while its door is shut: each minute near the opening, seldom before. Without this script the page
// loads itself again near the opening.
const draw = async (now) => {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return now;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("door-now");
  if (!fresh) return now;
  if (fresh.dataset.door !== now.dataset.door) {
    // Said aloud only when something has happened, not at every minute of the countdown.
    now.closest("section").setAttribute("aria-live", "polite");
  }
  now.replaceWith(document.adoptNode(fresh));
  return fresh;
};

const wait = (now) => {
  const seconds = Number(now.dataset.poll);
  if (!seconds) return;
  setTimeout(async () => {
    let next = now;
    try {
      if (!document.hidden) next = await draw(now);
    } catch {
      // Offline for a moment: the next round finds out.
    }
    wait(next);
  }, seconds * 1000);
};

wait(document.getElementById("door-now"));
