// The outbox of this phone (待发箱): sealed reports in IndexedDB, sent one by one. Runs in pages and in the service worker.
// A report is {id, account, key, sealed, day, at, state, why, tried}; `sealed` is dropped once the server has it, and
// `tried` says when the server last could not open it.
"use strict";
globalThis.outbox = (() => {
  const HOME = "/w/report/outbox/";
  const HOUR = 3600e3;
  const news = globalThis.BroadcastChannel ? new BroadcastChannel("outbox") : { postMessage() {} };

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "id" });
      asked.result.createObjectStore("about");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  // "strict": on the disk before we say 已存本机.
  async function act(store, work, mode = "readwrite") {
    const base = await open();
    return new Promise((done, fail) => {
      const turn = base.transaction(store, mode, { durability: "strict" });
      const asked = work(turn.objectStore(store));
      turn.oncomplete = () => { base.close(); done(asked.result); };
      turn.onabort = turn.onerror = () => { base.close(); fail(turn.error); };
    });
  }

  const all = () => act("reports", (rows) => rows.getAll(), "readonly");
  const put = (report) => act("reports", (rows) => rows.put(report));
  const drop = (id) => act("reports", (rows) => rows.delete(id));
  const about = () => act("about", (rows) => rows.get("offer"), "readonly");
  const learn = (offer) => act("about", (rows) => rows.put(offer, "offer"));

  // A phone that has no room, or allows no storage, must send all the same: the server tells a report that came before.
  const note = (report) => put(report).catch(() => {});
  // What is there stands for sixty days from now, whatever the clock of the phone said when it was written.
  const settled = (report, state) => put({ ...report, sealed: null, state, why: "", at: Math.floor(Date.now() / HOUR) * HOUR })
    .catch(() => drop(report.id)).catch(() => {});

  // Returns [status, what was said]; gives up on an answer that stops halfway, too.
  async function post(path, form, headers, wait) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), wait);
    try {
      const answer = await fetch(HOME + path, {
        method: "POST", body: form, credentials: "same-origin", redirect: "error", cache: "no-store",
        signal: giveUp.signal, headers: { "X-Outbox": "1", ...headers },
      });
      const said = await answer.text();
      return [answer.status, answer.headers.get("Content-Type")?.includes("json") ? JSON.parse(said) : {}];
    } finally { clearTimeout(timer); }
  }

  // Ask what has arrived (查询): is the server there, who am I, what became of each. Returns the status, 0 for no network,
  // and the account that is signed in.
  async function ask(wait = 8000) {
    const form = new FormData();
    const mine = (await all().catch(() => [])).filter((one) => one.state !== "refused").sort((a, b) => b.at - a.at).slice(0, 200);
    mine.forEach((one) => form.append("key", one.id));
    form.append("key", "");
    try {
      const [status, { arrived, offer }] = await post("ask/", form, {}, wait);
      if (status !== 200) return [status];
      if (!offer) return [0]; // any page on the way can say 200: what this phone seals with stays as it was
      await learn(offer).catch(() => {});
      for (const one of mine) {
        if (arrived[one.id] && one.state !== arrived[one.id]) await settled(one, arrived[one.id]);
        else if (Date.now() - one.at > 60 * 24 * HOUR && !one.sealed) await drop(one.id);
      }
      return [status, offer.account];
    } catch { return [0]; }
  }

  // Returns whether to go on with the next one.
  async function send(report) {
    const form = new FormData();
    form.append("sealed", new Blob([report.sealed]));
    form.append("account", report.account);
    form.append("key", report.key);
    form.append("hours", Math.max(0, Math.round((Date.now() - report.at) / HOUR)));
    await note({ ...report, state: "sent" });
    news.postMessage(-1);
    let status;
    try {
      let number, what, why, next;
      let code;
      [status, { number, code, what, why, next }] = await post("", form, { "Idempotency-Key": report.id }, 60000);
      if (status >= 200 && status < 300 && number) { // any page can say 200, only our server names the matter
        await settled(report, "received");
        return true;
      }
      if (what && [403, 409, 413, 422].includes(status)) { // without words it was something on the way, not our server
        const state = status === 403 ? "saved" : "refused";
        const tried = code === "sealed" ? Date.now() : null; // the server may have lost its keys, and be given them back
        await note({ ...report, state, tried, why: [what, why, next].filter(Boolean).join("，") });
        return state === "refused";
      }
    } catch { /* the network is gone again: the same report goes out later under the same key */ }
    await note({ ...report, state: "saved" });
    return status === 413; // too large for something on the way: those behind it may still pass
  }

  // What the server could not open is tried once more each day, whichever way the clock was set.
  const waits = (one) => ["saved", "sent"].includes(one.state) || (one.tried && Math.abs(Date.now() - one.tried) > 24 * HOUR);

  async function work() {
    const [status, account] = await ask();
    if (status !== 200) return status;
    for (const one of await all()) {
      if (one.account === account && waits(one) && !(await send(one))) return 0;
      news.postMessage(-1);
    }
    return 200;
  }

  // Send what waits (发送): one at a time, whatever tabs are open. Returns the status of the server, 0 for no network.
  let turn;
  function flush() {
    const run = () => navigator.locks ? navigator.locks.request("outbox", work) : work();
    turn ||= run().then((status) => { news.postMessage(status); return status; }).finally(() => { turn = null; });
    return turn;
  }

  return { all, put, drop, about, learn, ask, flush, news };
})();
