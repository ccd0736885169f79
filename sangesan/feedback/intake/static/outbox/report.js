// The report page (快速上报): without network the report is sealed and waits on this phone; with it, the form goes as ever.
"use strict";
(() => {
  const form = document.getElementById("report");
  const box = document.getElementById("outbox");
  const said = box.dataset;
  const MOST = 11.5 * 2 ** 20;
  const LONGEST = 10000; // signs of a text, as the server counts them
  const SEEN = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u; // what is left of a text there (method/texts.py)
  const find = (query) => box.querySelector(query);
  const note = (query, shown) => document.querySelectorAll(query).forEach((one) => { one.hidden = !shown; });

  const { nonce } = document.currentScript;
  const own = said.account && { account: said.account, key: Number(said.key), public: said.public };

  if (!isSecureContext || !globalThis.indexedDB || !crypto.subtle) {
    note("[data-insecure]", !isSecureContext);
    return;
  }

  async function show(status) {
    const [rows, offer] = await Promise.all([outbox.all(), outbox.about()]).catch(() => [[]]);
    const mine = rows.filter((one) => one.account === (said.account || offer?.account));
    const waiting = rows.filter((one) => ["saved", "sent", "refused"].includes(one.state));
    const others = waiting.filter((one) => !mine.includes(one)).length;
    box.hidden = !mine.length && !others;
    try { localStorage.setItem("outbox", waiting.length); } catch { /* only for the question at sign-out */ }
    find(".n").textContent = waiting.length - others;
    find(".n").hidden = waiting.length === others;
    find("ul").replaceChildren(...mine.sort((a, b) => b.at - a.at).filter((one, at) => at < 20 || waiting.includes(one)).map((one) => {
      const row = find("template").content.firstElementChild.cloneNode(true);
      const chip = row.querySelector(".tag");
      row.querySelector("b").textContent = one.day;
      row.querySelector(".help").textContent = one.why || "";
      chip.textContent = said[one.state];
      chip.className = "tag " + { sent: "act", received: "ok", answered: "ok", refused: "warn", saved: "warn" }[one.state];
      const done = row.querySelector("button");
      done.hidden = !["refused", "answered"].includes(one.state);
      done.addEventListener("click", async () => { await outbox.drop(one.id); show(); });
      return row;
    }));
    find("[data-foreign]").hidden = !others;
    if (others) find("[data-foreign] p").textContent = said.others.replace("0", others);
    if (status >= 0) {
      find("[data-login]").hidden = !waiting.length || !(status === 401 || (own && offer && offer.account !== own.account));
      note("[data-no-network]", status === 0);
    }
  }

  async function go() {
    const waits = (await outbox.all().catch(() => [])).some((one) => one.state !== "refused");
    await show(waits ? await outbox.flush().catch(() => undefined) : undefined);
  }

  function parts() {
    const given = new FormData(form);
    const files = [...given.getAll("photos"), given.get("voice")].filter((file) => file?.size);
    const words = {
      text: given.get("text"), category: given.get("category") || "", hint: Number(given.get("hint")) || 0,
      unit: given.get("unit"), place: given.get("place"), masked: given.has("masked"), danger: given.has("danger"),
      voice: Boolean(given.get("voice")?.size),
    };
    return [words, files];
  }

  // A parcel (封包): the twin of foundation/parcels.py.
  async function pack(words, files) {
    const head = new TextEncoder().encode(JSON.stringify({ words, files: files.map((file) => file.size) }));
    const plain = new Uint8Array(Math.ceil((4 + head.length + files.reduce((n, file) => n + file.size, 0)) / 4096) * 4096);
    new DataView(plain.buffer).setUint32(0, head.length);
    plain.set(head, 4);
    let at = 4 + head.length;
    for (const file of files) { plain.set(new Uint8Array(await file.arrayBuffer()), at); at += file.size; }
    return plain;
  }

  async function keep() {
    const offer = own || await outbox.about(); // what was written in somebody's page is his, whoever signed in meanwhile
    if (!offer) return said.unknown;
    const [words, files] = parts();
    if (!SEEN.test(words.text)) return said.empty; // the server refuses it too, when nobody here knows any more what it was
    if ([...words.text.replace(/\r\n/g, "\n")].length > LONGEST) return said.long; // once sealed nobody here could shorten it
    const plain = await pack(words, files);
    if (plain.length > MOST) return said.large;
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const id = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replace(/\+/g, "-").replace(/\//g, "_");
    const { account, key } = offer;
    const sealed = await hpke.seal(bytes(offer.public), plain, `sangesan report 1|${key}|${account}|${id}`);
    const now = new Date();
    const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
    await outbox.put({ id, account, key, sealed, day, at: Math.floor(now / 3600e3) * 3600e3, state: "saved", why: "" });
    navigator.storage?.persist?.();
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
    return "";
  }

  form.addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    if (pressed?.hasAttribute("formaction")) { // only the words are looked at: photos stay here
      const files = [...form.querySelectorAll("input[type=file]")];
      files.forEach((input) => { input.disabled = true; });
      setTimeout(() => files.forEach((input) => { input.disabled = false; }));
      return;
    }
    event.preventDefault();
    if (navigator.onLine && own) {
      const [status, account] = await outbox.ask(4000);
      if (status === 200 && account === own.account) {
        const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/); // another since, where the same one signed in anew
        if (token) form.elements.csrfmiddlewaretoken.value = token[1];
        form.submit();
        return;
      }
    }
    const danger = form.elements.danger.checked;
    const fault = await keep().catch(() => said.failed);
    if (!fault) {
      form.reset();
      form.querySelector("[data-draft-note]")?.remove();
      sessionStorage.removeItem(`draft:${location.pathname}#report`);
      find("[data-danger]").hidden = !danger;
    }
    find("[data-fault]").hidden = !fault;
    find("[data-fault] p").textContent = fault;
    await show();
    box.hidden = false;
    if (pressed) setTimeout(() => { pressed.disabled = false; }); // behind frame.js, which disables it in a turn of its own
    box.focus({ preventScroll: true });
    scrollTo(0, 0);
    if (!fault) go();
  });

  outbox.news.onmessage = (event) => show(event.data);
  addEventListener("online", go);
  addEventListener("offline", () => show(0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) go(); });
  setInterval(async () => { if ((await outbox.all().catch(() => [])).some((one) => ["saved", "sent"].includes(one.state))) go(); }, 20000);

  // The recorder is fetched when it is first wanted.
  const recorder = document.querySelector("[data-voice]");
  if (recorder && navigator.mediaDevices && globalThis.MediaRecorder) {
    recorder.hidden = false;
    recorder.querySelector("button").addEventListener("click", () => {
      document.head.append(Object.assign(document.createElement("script"), { nonce, src: recorder.dataset.voice }));
    }, { once: true });
  }

  let offered;
  addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); offered = event; note("[data-install]", true); });
  document.querySelector("[data-install] button")?.addEventListener("click", () => { offered.prompt(); note("[data-install]", false); });

  navigator.serviceWorker?.register("/w/report/worker.js", { scope: "/w/report/" });
  (own ? outbox.learn(own) : Promise.resolve()).catch(() => {}).then(go);
})();
