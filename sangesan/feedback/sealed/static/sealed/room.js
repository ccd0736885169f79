// Reading and answering letters (看信与回复): one unlocking for as long as this page is open, at most ten quiet minutes.
"use strict";
(() => {
  const { ask, data, say, why, tell, make, busy } = desk;
  const form = document.getElementById("unlock");
  if (!form) return;
  const note = document.getElementById("unlock-note"), sheet = document.getElementById("letter");
  let mine = null, timer = 0;

  function lock() {
    mine = null;
    sheet.hidden = true;
    sheet.replaceChildren();
    form.hidden = false;
    document.getElementById("unlocked").hidden = true;
    document.querySelectorAll("[data-read]").forEach((button) => { button.disabled = true; });
  }
  function stay() {
    clearTimeout(timer);
    timer = setTimeout(lock, 10 * 60 * 1000);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.querySelector("input");
    await busy(form.querySelector("button"), async () => {
      try {
        const { lines } = await data(form.dataset.list);
        mine = await sealing.unlock(lines.find((line) => line.mine && line.state === "active"), field.value);
        const paper = [...(await sealing.proven(lines, mine.root)).values()].some((line) => line.kind === "paper");
        if (!paper) throw new Error(say("root"));
        field.value = "";
        tell(note, "");
        form.hidden = true;
        document.getElementById("unlocked").hidden = false;
        document.querySelectorAll("[data-read]").forEach((button) => { button.disabled = false; });
        stay();
        document.querySelector("[data-read][data-picked]")?.click();
      } catch (fault) {
        mine = null;
        tell(note, why(fault, "phrase"), "error");
      }
    });
  });
  document.getElementById("lock").addEventListener("click", lock);
  addEventListener("pagehide", lock);
  document.addEventListener("input", stay);
  document.addEventListener("click", stay);

  document.querySelectorAll("[data-read]").forEach((button) => button.addEventListener("click", () => {
    if (mine) return busy(button, () => show(button.dataset.read));
    form.querySelector("input").focus();
  }));

  async function show(url) {
    try {
      const got = await data(`${url}read/`, {});
      const key = await sealing.unwrap(mine, got.number, got.wrap);
      await draw(url, got, key, await sealing.letter(key, got.number, sealing.from64(got.head)));
    } catch (fault) {
      sheet.hidden = false;
      sheet.replaceChildren();
      const said = make("div", []);
      sheet.append(said);
      tell(said, why(fault, "unreadable"), "error");
    }
    sheet.scrollIntoView({ block: "start" });
    sheet.focus();
  }

  // How letters stand, and how many stand so, is the server's to say (状态与件数).
  async function refresh() {
    const page = new DOMParser().parseFromString(await (await ask(location.pathname)).text(), "text/html");
    for (const place of document.querySelectorAll("[data-state]")) {
      const now = page.querySelector(`[data-state="${place.dataset.state}"]`);
      if (now) place.replaceChildren(...now.childNodes);
    }
  }

  async function draw(url, got, key, opened) {
    const head = make("div", [make("h2", `${say("letter")} ${got.number}`), make("span", got.word, "n")], "card-head");
    const facts = make("dl", [], "facts");
    for (const [word, value] of [["day", got.day], ["about", opened.about], ["who", [opened.name, opened.contact].filter(Boolean).join(" ") || say("anonymous")],
      ["place", [opened.unit, opened.place].filter(Boolean).join(" ")], ["register", opened.register], ["removed", (opened.removed ?? []).join("、")], ["readers", got.readers]]) {
      if (value) facts.append(make("dt", say(word)), make("dd", value));
    }
    const talk = make("div", [said(say("speaker"), got.day, opened.text, "theirs")], "talk");
    for (const [, words] of opened.talk ?? []) talk.append(said(say("before"), "", words, "theirs"));
    for (const one of got.messages) {
      talk.append(said(say(one.spoken ? "speaker" : "office"), one.day, await sealing.heard(opened, got.number, got.room, one.room), one.spoken ? "theirs" : "mine"));
    }
    sheet.hidden = false;
    sheet.replaceChildren(head, facts, talk, ...files(url, got, key, opened), ...steps(url, got, opened));
  }

  function said(who, day, words, side) {
    return make("p", [make("small", day ? `${who} · ${day}` : who), words], side);
  }

  function files(url, got, key, opened) {
    return got.files.map((place) => {
      const name = opened.files?.[place]?.name ?? `${place}`;
      const button = make("button", `${say("file")} ${name}`, "btn");
      button.type = "button";
      button.addEventListener("click", () => busy(button, async () => {
        const locked = new Uint8Array(await (await ask(`${url}files/${place}/`)).arrayBuffer());
        const plain = await sealing.file(key, got.number, place, locked);
        if (name.endsWith(".jpg")) return picture(button, plain, name);
        save(plain, `${got.number}-${name}`);
      }));
      return button;
    });
  }

  function picture(button, plain, name) {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(new Blob([plain], { type: "image/jpeg" }));
    image.alt = name;
    button.replaceWith(image);
  }

  function save(plain, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([plain], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function steps(url, got, opened) {
    if (!got.steps.length) return [];
    const area = document.createElement("textarea"), label = make("label", say("answer"));
    area.rows = 4;
    area.id = "answer";
    area.maxLength = 10000;
    area.autocomplete = "off";
    label.htmlFor = "answer";
    const fault = make("div", []);
    fault.hidden = true;
    const buttons = make("div", [], "btns");
    got.steps.forEach((step, place) => {
      const button = make("button", step.name, place ? "btn" : "btn main");
      button.type = "button";
      button.addEventListener("click", () => busy(button, async () => {
        if (step.words && !area.value.trim()) return tell(fault, say("write"), "warn");
        try {
          const sent = step.words ? await sealing.answer(opened, got.number, got.room, area.value.trim()) : {};
          await data(`${url}step/${step.action}/`, sent);
          await show(url);
          await refresh();
        } catch (error) { tell(fault, why(error, "failed"), "error"); }
      }));
      buttons.append(button);
    });
    return [make("div", [label, area, make("p", say("answer_help"), "help")], "field"), fault, buttons];
  }
})();
