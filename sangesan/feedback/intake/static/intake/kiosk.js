"use strict";
// A kiosk forgets: forms are sent without an entry in the history, every way leads by replacement,
// and whoever walks away leaves a page that starts anew by itself.
(() => {
  const home = "/kiosk/";
  const idle = Number(document.body.querySelector("[data-idle]").dataset.idle) * 1000;
  let last = Date.now(), left_at = 0;
  // A second wish would cut off the first: a server slower than the clock below would never be waited for.
  const leave = () => {
    if (Date.now() - left_at < 10000) return;
    left_at = Date.now();
    location.replace(home);
  };
  const left = () => document.querySelector("[data-left]");

  for (const sign of ["pointerdown", "keydown", "input", "scroll", "touchstart"]) {
    addEventListener(sign, () => { last = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    const rest = Math.ceil((idle - (Date.now() - last)) / 1000);
    if (rest <= 0 && (location.pathname !== home || document.querySelector("[data-done]"))) leave();
    const words = left();
    if (words) words.textContent = rest <= 20 && rest > 0 && location.pathname !== home ? words.dataset.left.replace("N", rest) : "";
  }, 500);

  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("pagehide", () => { for (const form of document.forms) form.reset(); });
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("dragstart", (event) => event.preventDefault());

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.target.closest("[data-print]")) { print(); return; }
    if (!link || !link.getAttribute("href").startsWith(home)) { if (link) event.preventDefault(); return; }
    event.preventDefault();
    location.replace(link.href);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    const button = form.querySelector("button.main");
    if (button) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), cache: "no-store", headers: { "X-Kiosk": "1" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
      scrollTo(0, 0);
      document.querySelector("h1").focus();
    } catch {
      if (button) button.disabled = false;
      const words = left();
      if (words) words.textContent = words.dataset.broken;
    }
  });
})();
