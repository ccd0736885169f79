// Keys and envelopes in the inspector's browser (钥匙与封装), twin of feedback/sealed/envelopes.py. WebCrypto alone.
// A passphrase and a private key are made here and stay here; what leaves is public, wrapped or sealed.
"use strict";
globalThis.sealing = (() => {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const ROUNDS = 600000;
  const INSPECTOR = 20, PAPER = 32; // characters: 100 and 160 bits
  const { join, jwk } = globalThis.hpke;
  const utf8 = (text) => new TextEncoder().encode(text);
  const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (said) => Uint8Array.from(said.match(/../g) ?? [], (two) => parseInt(two, 16));
  const from64 = (said) => Uint8Array.from(atob(said), (char) => char.charCodeAt(0));
  const to64 = (bytes) => {
    let said = "";
    for (let at = 0; at < bytes.length; at += 32768) said += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(said);
  };
  const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

  // Passphrases (口令)
  const phrase = (length) => [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => ALPHABET[byte & 31]).join("");
  const groups = (said) => said.match(/.{1,4}/g).join("-");
  const normal = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

  async function stretch(said, salt, rounds) {
    const base = await crypto.subtle.importKey("raw", utf8(said), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async function pair(name, uses) {
    const made = await crypto.subtle.generateKey({ name, namedCurve: "P-256" }, true, uses);
    const { d } = await crypto.subtle.exportKey("jwk", made.privateKey);
    const secret = from64(d.replace(/-/g, "+").replace(/_/g, "/"));
    return [secret, new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey))];
  }

  const fingerprint = async (open, signing) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", join(open, signing))));

  // A new key (新钥匙). `root` is the paper key's fingerprint, remembered inside; the paper key remembers its own.
  async function make(said, root) {
    const [secret, open] = await pair("ECDH", ["deriveBits"]);
    const [signer, signing] = await pair("ECDSA", ["sign", "verify"]);
    const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
    const print = await fingerprint(open, signing);
    const key = await stretch(said, salt, ROUNDS);
    const plain = join(secret, signer, unhex(root || print));
    const wrapped = join(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain)));
    return { print, sent: { public: to64(open), signing: to64(signing), salt: to64(salt), rounds: ROUNDS, wrapped: to64(wrapped) } };
  }

  // Unlock a key (解锁); rejects when the passphrase is wrong.
  async function unlock(line, typed) {
    if (!line?.wrapped || line.rounds < ROUNDS) throw new Error("key");
    const wrapped = from64(line.wrapped), open = from64(line.public);
    const key = await stretch(normal(typed), from64(line.salt), line.rounds);
    const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: wrapped.slice(0, 12) }, key, wrapped.slice(12)));
    const how = { name: "ECDSA", namedCurve: "P-256" };
    const signer = await crypto.subtle.importKey("jwk", jwk(plain.slice(32, 64), from64(line.signing)), how, false, ["sign"]);
    return { place: line.place, open, secret: plain.slice(0, 32), signer, root: hex(plain.slice(64)) };
  }

  // The list of keys (名册): what counts is what the paper key, or two keys that counted before, have signed.
  const statement = (line) => utf8([line.founding ? "sangesan founding key" : "sangesan key", line.kind, line.holder,
    hex(from64(line.public)), hex(from64(line.signing))].join("\n"));
  const sign = async (key, line) =>
    to64(new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.signer, statement(line))));

  async function holds(by, signature, line) {
    const key = await crypto.subtle.importKey("raw", from64(by.signing), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, from64(signature), statement(line));
  }

  async function proven(lines, root) {
    const counted = new Map();
    for (const line of [...lines].sort((a, b) => a.place - b.place)) {
      let fit = false;
      if (line.kind === "paper" && !counted.size) fit = await fingerprint(from64(line.public), from64(line.signing)) === root;
      else {
        const by = new Set();
        for (const { by: place, signature } of line.approvals) {
          if (counted.has(place) && await holds(counted.get(place), signature, line)) by.add(place);
        }
        fit = line.founding && line.kind === "inspector" ? [...by].some((place) => counted.get(place).kind === "paper") : by.size >= 2;
      }
      if (fit) counted.set(line.place, line);
    }
    return counted;
  }

  // Letters (来信)
  const SIZES = [13, 15, 17, 19].map((power) => 2 ** power);
  const pad = (plain) => {
    const made = new Uint8Array(SIZES.find((size) => plain.length + 4 <= size));
    new DataView(made.buffer).setUint32(0, plain.length);
    made.set(plain, 4);
    return made;
  };
  const unpad = (filled) => filled.slice(4, 4 + new DataView(filled.buffer, filled.byteOffset).getUint32(0));
  async function decrypt(key, locked, about) {
    const made = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: locked.slice(0, 12), additionalData: utf8(about) };
    return unpad(new Uint8Array(await crypto.subtle.decrypt(how, made, locked.slice(12))));
  }
  const letter = async (key, number, head) => JSON.parse(text(await decrypt(key, head, `${number}/head`)));
  const file = (key, number, place, locked) => decrypt(key, locked, `${number}/file/${place}`);
  const whole = async (mine, paper, box) => {
    const info = `sangesan share ${box.number}`;
    const one = await hpke.open(mine.secret, mine.open, from64(box.mine), info);
    const other = await hpke.open(paper.secret, paper.open, from64(box.paper), info);
    return one.map((byte, at) => byte ^ other[at]);
  };
  const wrap = async (line, key, number) => to64(await hpke.seal(from64(line.public), key, `sangesan key ${number}`));
  const unwrap = (mine, number, wrapped) => hpke.open(mine.secret, mine.open, from64(wrapped), `sangesan key ${number}`);
  const heard = async (opened, number, room, sealed) =>
    text(unpad(await hpke.open(unhex(opened.room), from64(room), from64(sealed), `sangesan room ${number}`)));
  async function answer(opened, number, room, said) {
    const plain = pad(utf8(said));
    return {
      room: to64(await hpke.seal(from64(room), plain, `sangesan room ${number}`)),
      speaker: to64(await hpke.seal(unhex(opened.reply), plain, `sangesan reply ${number}`)),
    };
  }

  return { INSPECTOR, PAPER, phrase, groups, normal, make, unlock, sign, proven, fingerprint, letter, file, whole, wrap,
    unwrap, heard, answer, from64, same };
})();
