// Checks a proof of inclusion (包含证明) in this browser alone: nothing is sent, nothing is fetched.
// Own SHA-256: crypto.subtle is missing on plain http, which is how a mine's intranet often runs.
"use strict";
(() => {
  const primes = (n) => {
    const found = [];
    for (let c = 2; found.length < n; c++) if (found.every((p) => c % p)) found.push(c);
    return found;
  };
  const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const K = primes(64).map((p) => part(Math.cbrt(p)));
  const H = primes(8).map((p) => part(Math.sqrt(p)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function sha256(bytes) {
    const length = bytes.length, padded = new Uint8Array(((length + 72) >> 6) << 6);
    padded.set(bytes);
    padded[length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
    view.setUint32(padded.length - 4, length << 3);
    const h = H.slice(), w = new Int32Array(64);
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, x] = h;
      for (let i = 0; i < 64; i++) {
        const one = (x + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        x = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, x].forEach((v, i) => { h[i] = (h[i] + v) | 0; });
    }
    const out = new DataView(new ArrayBuffer(32));
    h.forEach((v, i) => out.setInt32(i * 4, v));
    return new Uint8Array(out.buffer);
  }

  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  function raw(text) {
    if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text)) throw new Error("hex");
    return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  }
  const join = (...parts) => {
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => { all.set(p, at); return at + p.length; }, 0);
    return all;
  };
  const utf8 = (text) => new TextEncoder().encode(text);
  const node = (left, right) => sha256(join([1], left, right));

  // RFC 9162, section 2.1.3.2.
  function climbs(leaf, index, size, path) {
    let last = size - 1, here = leaf;
    const rest = path.slice();
    while (last > 0) {
      if (index % 2) { if (!rest.length) return ""; here = node(rest.shift(), here); }
      else if (index < last) { if (!rest.length) return ""; here = node(here, rest.shift()); }
      index = Math.floor(index / 2); last = Math.floor(last / 2);
    }
    return rest.length ? "" : hex(here);
  }

  function check(proof, published) {
    const commitment = sha256(join(raw(proof.salt), utf8(proof.body)));
    const signed = JSON.parse(proof.signed), digest = hex(sha256(join(utf8(proof.signed), raw(proof.signature))));
    const root = climbs(sha256(join([0], commitment)), proof.index, proof.size, proof.path.map(raw));
    const steps = [
      ["content", hex(commitment) === proof.commitment],
      ["path", proof.index >= 0 && proof.index < proof.size && root === proof.root],
      ["seal", signed.root === proof.root && signed.size === proof.size],
      ["digest", digest === proof.digest],
    ];
    if (published) steps.push(["published", published.replace(/[^0-9a-f]/g, "").includes(digest)]);
    return { steps, digest, number: signed.number, day: signed.day };
  }

  const form = document.querySelector("[data-check]");
  if (!form) return;
  form.hidden = false;
  const told = document.querySelector("[data-told]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.querySelector("[type=file]").files[0];
    let result = null;
    try { result = check(JSON.parse(await file.text()), form.querySelector("textarea").value.toLowerCase()); } catch { result = null; }
    told.hidden = false;
    for (const line of told.querySelectorAll("[data-step]")) {
      const step = result && result.steps.find(([name]) => name === line.dataset.step);
      line.hidden = !step;
      if (step) line.dataset.right = step[1] ? "yes" : "no";
      line.querySelector("b").textContent = !step ? "" : step[1] ? told.dataset.right : told.dataset.wrong;
    }
    told.querySelector("[data-broken]").hidden = Boolean(result);
    const whole = result && result.steps.every(([, right]) => right);
    told.querySelector("[data-whole]").hidden = !whole;
    told.querySelector("[data-digest]").textContent = result ? `${result.day}  ${result.number}  ${result.digest.match(/.{8}/g).join(" ")}` : "";
  });
})();
