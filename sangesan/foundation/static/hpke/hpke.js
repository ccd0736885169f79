// Public-key sealing in the browser (公钥密封): HPKE base mode of RFC 9180, by WebCrypto alone; twin of foundation/hpke.py.
// Suite DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Everything is a Uint8Array; `info` is a string.
// globalThis, so that service workers may importScripts it. WebCrypto is there over HTTPS and on localhost only.
"use strict";
globalThis.hpke = (() => {
  const P256 = { name: "ECDH", namedCurve: "P-256" };
  const bytes = (x) => typeof x === "string" ? new TextEncoder().encode(x) : new Uint8Array(x);
  const join = (...parts) => {
    const made = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
    parts.reduce((at, part) => (made.set(part, at), at + part.length), 0);
    return made;
  };
  const KEM = join(bytes("KEM"), [0, 16]);
  const SUITE = join(bytes("HPKE"), [0, 16, 0, 1, 0, 2]);
  const VERSION = bytes("HPKE-v1");

  const hmac = async (key, data) => {
    const made = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", made, data));
  };
  const extract = (suite, salt, label, data) => hmac(salt, join(VERSION, suite, bytes(label), data));
  // One block is enough: nothing here is longer than 32 bytes.
  const expand = async (suite, key, label, info, size) =>
    (await hmac(key, join([0, size], VERSION, suite, bytes(label), info, [1]))).slice(0, size);
  const NONE = new Uint8Array(32); // an empty salt: HMAC pads it with zeros all the same

  const point = (raw) => crypto.subtle.importKey("raw", raw, P256, true, []);
  const raw = async (key) => new Uint8Array(await crypto.subtle.exportKey("raw", key));

  async function context(mine, theirs, once, receiver, info) {
    const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256));
    const secret = await expand(KEM, await extract(KEM, NONE, "eae_prk", dh), "shared_secret", join(once, receiver), 32);
    const about = join([0], await extract(SUITE, NONE, "psk_id_hash", []), await extract(SUITE, NONE, "info_hash", bytes(info)));
    const root = await extract(SUITE, secret, "secret", []);
    const key = await crypto.subtle.importKey("raw", await expand(SUITE, root, "key", about, 32), "AES-GCM", false, ["encrypt", "decrypt"]);
    return [{ name: "AES-GCM", iv: await expand(SUITE, root, "base_nonce", about, 12) }, key];
  }

  // A private key (32 bytes) needs its public one beside it: WebCrypto does not compute it.
  const code = (part) => btoa(String.fromCharCode(...part)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const jwk = (secret, open) => ({ kty: "EC", crv: "P-256", d: code(secret), x: code(open.slice(1, 33)), y: code(open.slice(33)) });

  async function seal(receiver, plain, info) {
    const pair = await crypto.subtle.generateKey(P256, true, ["deriveBits"]);
    const once = await raw(pair.publicKey);
    const [how, key] = await context(pair.privateKey, await point(receiver), once, receiver, info);
    return join(once, bytes(await crypto.subtle.encrypt(how, key, plain)));
  }

  // Rejects (OperationError) when it was changed, meant for another key or for another purpose.
  async function open(secret, receiver, sealed, info) {
    const mine = await crypto.subtle.importKey("jwk", jwk(secret, receiver), P256, false, ["deriveBits"]);
    const once = sealed.slice(0, 65);
    const [how, key] = await context(mine, await point(once), once, receiver, info);
    return bytes(await crypto.subtle.decrypt(how, key, sealed.slice(65)));
  }

  return { seal, open, join, jwk };
})();
