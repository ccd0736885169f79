// Opening the box with two keys (开箱): both are typed here, on one screen, and neither leaves it.
"use strict";
(() => {
  const { data, say, why, tell, make, busy } = desk;
  const form = document.getElementById("opening");
  if (!form) return;
  const note = document.getElementById("opening-note"), done = document.getElementById("opened");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [own, paper] = form.querySelectorAll("input");
    await busy(form.querySelector("button"), async () => {
      try {
        const { lines } = await data(form.dataset.list);
        const mine = await key(lines.find((line) => line.mine && line.state === "active"), own, "phrase");
        const proven = await sealing.proven(lines, mine.root);
        const above = await paperKey([...proven.values()].filter((line) => line.kind === "paper"), paper);
        const letters = (await data(form.dataset.box, {})).letters.filter((box) => box.above === above.place);
        let count = 0;
        for (const box of letters) {
          await open(mine, above, proven, box);
          count += 1;
          tell(note, say("progress", ` ${count} / ${letters.length}`));
        }
        own.value = paper.value = "";
        form.hidden = true;
        tell(note, "");
        done.hidden = false;
        document.querySelector("[data-waiting]").remove();
        done.querySelector("[data-count]").textContent = String(count);
        done.focus();
      } catch (fault) { tell(note, why(fault, "unreadable"), "error"); }
    });
  });

  // A paper key may come from a file (纸质钥匙文件).
  form.querySelector("[type=file]")?.addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) form.querySelectorAll("input")[1].value = (await file.text()).match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){7}/)?.[0] ?? "";
    event.target.value = "";
  });

  async function key(line, field, word) {
    try { return await sealing.unlock(line, field.value); } catch { throw new Error(say(word)); }
  }

  // After a loss there are two: the old one still opens what was closed with it (新旧纸质钥匙).
  async function paperKey(lines, field) {
    for (const line of lines.reverse()) {
      try { return await sealing.unlock(line, field.value); } catch { /* the other one, then */ }
    }
    throw new Error(say("paper"));
  }

  async function open(mine, above, proven, box) {
    const whole = await sealing.whole(mine, above, box);
    await sealing.letter(whole, box.number, sealing.from64(box.head)); // it opens, so the shares may go
    const wraps = {};
    for (const place of box.places) {
      if (!proven.has(place)) throw new Error(say("root"));
      wraps[place] = await sealing.wrap(proven.get(place), whole, box.number);
    }
    await data(form.dataset.open.replace("NUMBER", box.number), { wraps });
  }
})();
