// What the pages of the mailbox share (信箱页面): asking the server, saying what happened, forgetting keys.
"use strict";
globalThis.desk = (() => {
  const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  const say = (word, more = "") => (words[word] ?? word) + more;

  async function ask(url, body) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const how = body === undefined ? {} : {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": token, "HX-Request": "true" },
    };
    const got = await fetch(url, { credentials: "same-origin", cache: "no-store", ...how });
    if (!got.ok) {
      const page = new DOMParser().parseFromString(await got.text(), "text/html");
      throw new Error(page.body.textContent.trim().replace(/\s+/g, " ").slice(0, 200) || String(got.status));
    }
    return got;
  }
  const data = async (url, body) => (await ask(url, body)).json();

  // A fault of the cryptography has no words of its own: it means a wrong passphrase or a changed byte.
  const why = (fault, word) => fault instanceof DOMException || fault.message === "key" ? say(word) : fault.message;

  function tell(place, said, tone = "") {
    place.hidden = !said;
    place.className = `note ${tone}`;
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: said }));
  }

  function make(tag, content, className = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...[content].flat());
    return made;
  }

  // While something is being done, its button waits (办理中).
  async function busy(button, work) {
    const label = button.textContent;
    button.disabled = true;
    button.textContent = say("busy");
    try { return await work(); } finally { button.disabled = false; button.textContent = label; }
  }

  if (!globalThis.isSecureContext) {
    document.querySelectorAll("[data-insecure]").forEach((note) => { note.hidden = false; });
    document.querySelectorAll("[data-secure]").forEach((part) => { part.hidden = true; });
  } else document.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });

  return { ask, data, say, why, tell, make, busy };
})();
