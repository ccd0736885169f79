// The board keeps itself up to date (预警板): by a stream, and whenever that has been silent for longer than it ever is,
// because there is no place, the network cuts it or something in between holds it back, by asking. Clocks count down here,
// by the time of the house: whatever a phone or a screen on the wall takes for it.
// Where neither brings an answer any more it says so: a board that stands still looks like a quiet night.
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const POLL = 15000, AGAIN = 300000, LONG = 40000, cut = document.getElementById("cut");
  let busy = false, heard = Date.now(), told = Date.now(), ahead = 0;
  const stamp = () => board.firstElementChild?.dataset.stamp || "";

  async function renew() {
    if (busy || document.hidden) return;
    busy = true;
    try {
      const screen = "screen" in board.dataset ? "&screen=1" : "";
      const answer = await fetch(`${board.dataset.part}?stamp=${encodeURIComponent(stamp())}${screen}`, {
        headers: { "HX-Request": "true" }, signal: AbortSignal.timeout?.(POLL) });
      if (answer.headers.get("HX-Redirect")) { location.reload(); return; }
      if (answer.status === 200) { board.innerHTML = await answer.text(); set(); }
      if (answer.ok) told = Date.now();
    } catch { /* the network is away: the next turn asks again */ } finally { busy = false; say(); }
  }

  function say() { cut.hidden = Date.now() - told < LONG; }

  function listen() {
    if (!window.EventSource) return;
    const source = new EventSource(board.dataset.stream);
    source.addEventListener("changed", (event) => { heard = told = Date.now(); say(); if (event.data !== stamp()) renew(); });
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN); };
  }

  function set() {
    ahead = Date.now() - new Date(board.firstElementChild?.dataset.now || Date.now());
    tick();
  }

  function tick() {
    for (const time of board.querySelectorAll("time[data-until]")) {
      const tag = time.firstElementChild;
      const left = Math.trunc((new Date(time.dateTime) - Date.now() + ahead) / 1000), size = Math.abs(left);
      if (!tag || size >= 86400) continue;
      const hours = Math.trunc(size / 3600), minutes = Math.trunc(size / 60) % 60;
      const words = hours ? `${hours} 小时 ${minutes} 分` : minutes ? `${minutes} 分 ${size % 60} 秒` : `${size} 秒`;
      tag.textContent = left >= 0 ? `剩 ${words}` : `已超 ${words}`;
      if (left < 0) { tag.classList.remove("warn"); tag.classList.add("bad"); }
    }
  }

  document.addEventListener("visibilitychange", renew);
  setInterval(() => { if (Date.now() - heard >= POLL) renew(); }, POLL);
  setInterval(tick, 1000);
  set();
  listen();
})();
