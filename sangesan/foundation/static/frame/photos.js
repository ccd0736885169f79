// Photos before they are sent (照片预览): made smaller on the phone, shown, removable. The server judges them again.
"use strict";
(() => {
  const EDGE = 2000;

  async function smaller(file) {
    try {
      const image = await createImageBitmap(file);
      const ratio = Math.min(1, EDGE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * ratio);
      canvas.height = Math.round(image.height * ratio);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      return made && new File([made], "photo.jpg", { type: "image/jpeg" });
    } catch { return null; } // with its place and camera still in it: it stays here
  }

  for (const box of document.querySelectorAll("[data-photos]")) {
    const input = box.querySelector("input[type=file]");
    const most = Number(box.dataset.photos);
    const list = document.createElement("ul");
    const said = document.createElement("p");
    let kept = [], making = null, held = false;
    list.className = "photos";
    said.className = "help";
    said.setAttribute("role", "status");
    box.classList.add("live");
    list.hidden = true;
    box.prepend(list);
    box.append(said);

    const give = () => {
      const bag = new DataTransfer();
      kept.forEach((file) => bag.items.add(file));
      input.files = bag.files;
    };
    const show = () => {
      list.hidden = !kept.length;
      list.querySelectorAll("img").forEach((old) => URL.revokeObjectURL(old.src));
      list.replaceChildren(...kept.map((file, at) => {
        const item = document.createElement("li");
        const image = document.createElement("img");
        const remove = document.createElement("button");
        image.src = URL.createObjectURL(file);
        image.alt = "";
        remove.type = "button";
        remove.textContent = "×";
        remove.setAttribute("aria-label", `${box.dataset.remove} ${at + 1}`);
        remove.addEventListener("click", () => { kept = kept.filter((one) => one !== file); give(); show(); input.focus(); });
        item.append(image, remove);
        return item;
      }));
    };

    input.form?.addEventListener("reset", () => { kept = []; show(); });
    input.addEventListener("change", async () => {
      const fresh = [...input.files];
      said.textContent = kept.length + fresh.length > most ? box.dataset.full : "";
      kept = [...kept, ...fresh].slice(0, most);
      give();
      show();
      const mine = making = (async () => {
        for (const file of fresh.filter((one) => kept.includes(one))) {
          const small = await smaller(file);
          if (!small) said.textContent = box.dataset.unread;
          kept = kept.map((one) => (one === file ? small : one)).filter(Boolean);
        }
        give();
        show();
      })();
      await mine;
      if (making === mine) making = null;
    });
    // Whoever presses at once waits until the photos are small: none leaves the phone as the camera made it.
    input.form?.addEventListener("submit", async (event) => {
      if (!making) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (held) return;
      held = true;
      while (making) await making;
      held = false;
      input.form.requestSubmit(event.submitter);
    }, true);
  }
})();
