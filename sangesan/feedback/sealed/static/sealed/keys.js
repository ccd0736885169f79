// Keys (钥匙): made, shown once, typed back, let in by others, handed what they lack. All of it in this browser.
"use strict";
(() => {
  const { data, say, why, tell, busy } = desk;

  // A new key in three steps: it is made, it is written down, its last characters are typed back.
  for (const box of document.querySelectorAll("[data-new-key]")) {
    const [start, shown] = [box.querySelector("[data-start]"), box.querySelector("[data-shown]")];
    const code = box.querySelector("[data-code]"), back = box.querySelector("[data-back]"), note = box.querySelector("[data-note]");
    const paper = box.dataset.newKey === "paper";
    let said = "", made = null;

    start.querySelector("button").addEventListener("click", (event) => busy(event.target, async () => {
      try {
        const lines = paper ? [] : (await data(box.dataset.list)).lines;
        const root = lines.find((line) => line.kind === "paper"); // the first: all trust begins there
        said = sealing.phrase(paper ? sealing.PAPER : sealing.INSPECTOR);
        made = await sealing.make(said, root && await sealing.fingerprint(sealing.from64(root.public), sealing.from64(root.signing)));
        code.textContent = sealing.groups(said);
        box.querySelectorAll("[data-print]").forEach((place) => { place.textContent = made.print.slice(0, 32).toUpperCase().match(/.{4}/g).join(" "); });
        start.hidden = true;
        shown.hidden = false;
        shown.querySelector("h3").focus();
      } catch (fault) { tell(note, why(fault, "failed"), "error"); }
    }));

    box.querySelector("[data-paper-print]")?.addEventListener("click", () => print());
    box.querySelector("[data-paper-file]")?.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${say("paper_file")}\n${sealing.groups(said)}\n`], { type: "text/plain" }));
      link.download = "discipline-paper-key.txt";
      link.click();
      URL.revokeObjectURL(link.href);
    });

    box.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (sealing.normal(back.value) !== said.slice(-8)) return tell(note, say("back"), "warn");
      await busy(event.submitter, async () => {
        try {
          await data(box.dataset.add, { kind: paper ? "paper" : "inspector", ...made.sent });
          said = code.textContent = back.value = "";
          location.assign(box.dataset.next);
        } catch (fault) { tell(note, why(fault, "failed"), "error"); }
      });
    });
  }

  // Letting a key in (同意启用): signed with one's own key, or with the paper key.
  for (const form of document.querySelectorAll("[data-approve]")) {
    const note = form.querySelector("[data-note]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const paper = event.submitter.value === "paper";
      await busy(event.submitter, async () => {
        try {
          const { lines } = await data(form.dataset.list);
          const place = Number(form.dataset.approve);
          const fit = (line) => line.state === "active" && (paper ? line.kind === "paper" : line.mine);
          const key = await sealing.unlock(lines.find(fit), form.querySelector("input[type=password]").value);
          if (!(await sealing.proven(lines, key.root)).has(key.place)) throw new Error(say("root"));
          const signature = await sealing.sign(key, lines.find((line) => line.place === place));
          await data(form.dataset.send, { by: key.place, signature });
          location.reload();
        } catch (fault) { tell(note, why(fault, paper ? "paper" : "phrase"), "error"); }
      });
    });
  }

  // Handing letters on (补发), one by one, after looking at whom each is about.
  const hand = document.getElementById("hand-on");
  hand?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const note = hand.querySelector("[data-note]");
    await busy(event.submitter, async () => {
      try {
        const { lines } = await data(hand.dataset.list);
        const mine = await sealing.unlock(lines.find((line) => line.mine && line.state === "active"), hand.querySelector("input").value);
        const proven = await sealing.proven(lines, mine.root);
        hand.querySelector("input").value = "";
        for (const row of hand.querySelectorAll("[data-letter]")) await offer(row, mine, proven);
        tell(note, "");
      } catch (fault) { tell(note, why(fault, "phrase"), "error"); }
    });
  });

  async function offer(row, mine, proven) {
    const url = row.dataset.letter, got = await data(`${url}read/`, {});
    const key = await sealing.unwrap(mine, got.number, got.wrap);
    const opened = await sealing.letter(key, got.number, sealing.from64(got.head));
    row.querySelector("[data-about]").textContent = opened.about || say("nobody");
    for (const button of row.querySelectorAll("button")) {
      button.hidden = false;
      button.addEventListener("click", () => busy(button, async () => {
        const place = Number(button.dataset.place);
        if (!proven.has(place)) return tell(hand.querySelector("[data-note]"), say("root"), "error");
        await data(`${url}hand-on/`, { place, wrap: await sealing.wrap(proven.get(place), key, got.number) });
        button.replaceWith(say("handed"));
      }));
    }
  }
})();
