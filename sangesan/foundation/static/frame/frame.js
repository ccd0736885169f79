// Glue of the staff pages (工作页面的小脚本). Every page works without it; public pages never load it.
"use strict";
(() => {
  const $ = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];

  // Toasts (提示): one line at the bottom, spoken by screen readers, gone after a while.
  function toast(text) {
    const place = $("#toast");
    if (!place) return;
    const line = document.createElement("p");
    line.className = "toast";
    line.textContent = text;
    place.append(line);
    setTimeout(() => line.remove(), 8000);
  }

  // Drafts (草稿): words typed into form[data-draft] stay in this tab until the server has them.
  const MARK = "draft:";
  const nameOf = (form) => MARK + location.pathname + "#" + form.dataset.draft;
  const kept = (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type);

  // They are one person's: who signs in after another in the same tab finds nothing of theirs (换人).
  function mine() {
    const me = $("#toast")?.dataset.me;
    if (!me) return;
    try {
      const before = sessionStorage.getItem("me");
      if (before && before !== me) for (const key of Object.keys(sessionStorage)) if (key.startsWith(MARK)) sessionStorage.removeItem(key);
      sessionStorage.setItem("me", me);
    } catch { /* without storage there are no drafts */ }
  }

  function read(key) {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  }

  function save(form) {
    const values = {};
    for (const field of form.elements) {
      if (!kept(field) || field.tagName === "BUTTON" || field.tagName === "FIELDSET") continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) (values[field.name] ||= []).push(field.value);
      } else if (field.value) values[field.name] = [field.value];
    }
    try { sessionStorage.setItem(nameOf(form), JSON.stringify({ values, sent: false })); } catch { return; }
    const at = new Date().toTimeString().slice(0, 5);
    let note = $("[data-draft-note]", form);
    if (!note) {
      note = document.createElement("p");
      note.className = "help";
      note.dataset.draftNote = "";
      form.append(note);
    }
    note.textContent = `草稿已于 ${at} 保存在本页`;
  }

  function restore(form) {
    const draft = read(nameOf(form));
    if (!draft) return;
    let filled = false;
    for (const [name, values] of Object.entries(draft.values)) {
      for (const field of all(`[name="${CSS.escape(name)}"]`, form)) {
        if (!kept(field)) continue;
        if (field.type === "radio" || field.type === "checkbox") {
          if (values.includes(field.value) && !field.checked) field.checked = filled = true;
        } else if (!field.value || (field.tagName === "SELECT" && !$(".summary") && field.value !== values[0])) {
          field.value = values[0];
          filled = true;
        }
      }
    }
    if (filled) toast("已恢复您上次没有提交的内容");
  }

  function settle() {
    // A sent draft is dropped when the server says it was taken, or once its form is gone. The same
    // form without such a word means that the session had expired: the words are put back.
    if ($("input[type=password], [data-fault], .summary")) return;
    const here = $(".messages .success") ? [] : all("form[data-draft]").map(nameOf);
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(MARK) && read(key)?.sent && !here.includes(key)) sessionStorage.removeItem(key);
    }
  }

  function begin(root) {
    for (const form of all("form[data-draft]", root)) {
      restore(form);
      let timer;
      form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 600, form); });
      form.addEventListener("submit", () => clearTimeout(timer)); // it would be kept as one that was never sent
    }
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-leave]")) {
      // What waits on this phone is wiped with the account (待发箱): asked before, never silently.
      const waiting = Number(localStorage.getItem("outbox"));
      if (waiting && !confirm(`本机还有 ${waiting} 条上报没有发出，退出后会从本机清除。仍要退出吗？`)) { event.preventDefault(); return; }
      globalThis.indexedDB?.deleteDatabase("outbox");
      localStorage.removeItem("outbox");
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(MARK)) sessionStorage.removeItem(key);
    }
    if (form.dataset.draft) {
      save(form);
      const draft = read(nameOf(form));
      if (draft) sessionStorage.setItem(nameOf(form), JSON.stringify({ ...draft, sent: true }));
    }
    if (form.method === "post" && !event.submitter?.name) {
      const button = event.submitter;
      if (button && !form.hasAttribute("hx-post")) setTimeout(() => { button.disabled = true; });
    }
  });
  addEventListener("pageshow", () => all("button[disabled]").forEach((b) => { if (!b.hasAttribute("data-off")) b.disabled = false; }));

  // Clicks: ask before what can't be taken back, print, close menus when clicking elsewhere.
  addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
    if (event.target.closest("[data-print]")) print();
    const phrase = event.target.closest("[data-insert]");
    if (phrase) {
      const field = document.getElementById(phrase.dataset.into);
      field.value += (field.value && !/[。；，\s]$/.test(field.value) ? "，" : "") + phrase.dataset.insert;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    }
    all("details.pop[open]").forEach((pop) => { if (!pop.contains(event.target)) pop.open = false; });
  });
  addEventListener("change", (event) => { if (event.target.closest("[data-auto]")) event.target.form.requestSubmit(); });

  // Keys: "/" searches; in a list with data-keys j and k move, a letter presses its button.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      all("details.pop[open]").forEach((pop) => { pop.open = false; });
      if (event.target.id === "search") event.target.blur();
      return;
    }
    if (event.target.closest("input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable]")) return;
    if (event.key === "/" && $("#search")) { event.preventDefault(); $("#search").focus(); return; }
    const list = $("[data-keys]");
    if (!list) return;
    const rows = all("[data-row]", list).length ? all("[data-row]", list) : [...list.children];
    const at = rows.findIndex((row) => row.classList.contains("picked"));
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      const next = rows[Math.max(0, Math.min(rows.length - 1, at + (key === "j" ? 1 : -1)))];
      rows[at]?.classList.remove("picked");
      next?.classList.add("picked");
      next?.scrollIntoView({ block: "nearest" });
      ($("a,button,input", next) || next)?.focus({ preventScroll: true });
      event.preventDefault();
    } else if (rows[at] && /^[a-z]$/.test(key)) {
      const pressed = $(`[data-key="${key}"]`, rows[at]);
      if (pressed) { event.preventDefault(); pressed.click(); }
    }
  });

  // Parts by htmx: the token, faults said in words, drafts in new parts.
  addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.detail.headers["X-CSRFToken"] = token[1];
  });
  addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  addEventListener("htmx:responseError", (event) => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const said = $("[role=alert], main h1", answer)?.textContent.trim().replace(/\s+/g, " ");
    toast(said || "没有完成，请稍后再试；您写的内容还在");
  });
  addEventListener("htmx:sendError", () => toast("网络不通，没有提交；您写的内容还在"));
  addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) begin(event.detail.elt); });

  mine();
  settle();
  begin(document);
  $(".summary")?.focus();
})();
