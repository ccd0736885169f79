// Service worker of the report page (后台脚本): one empty page and its few files, nothing else is ever kept.
const SHELF = "report-" + VERSION;
const EMPTY = KEPT[0];

addEventListener("install", (event) => event.waitUntil((async () => {
  const shelf = await caches.open(SHELF);
  await shelf.addAll(KEPT.map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("report-") && name !== SHELF) await caches.delete(name);
  await clients.claim();
})()));

// The network first; without it, or when the server behind a proxy is down, the empty page.
async function visit(request) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), 6000);
  try {
    const answer = await fetch(request, { signal: giveUp.signal });
    if (answer.status < 502) return answer;
  } catch { /* no network */ } finally { clearTimeout(timer); }
  return (await caches.match(EMPTY)) || Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && ["/w/report/", "/w/report/mine/"].includes(pathname)) event.respondWith(visit(request));
  else if (KEPT.slice(1).includes(pathname + search)) event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
});

addEventListener("sync", (event) => { if (event.tag === "outbox") event.waitUntil(outbox.flush().then((status) => {
  if (!status) throw new Error("later");
})); });
