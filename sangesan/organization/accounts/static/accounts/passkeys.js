/* 通行密钥：only over HTTPS or on localhost; the buttons stay hidden elsewhere. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (rows) => (rows || []).map((row) => ({...row, id: bytes(row.id)}));

  async function post(url, token, body) {
    const answer = await fetch(url, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(body),
      headers: {"Content-Type": "application/json", "X-CSRFToken": token},
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.what);
    return said;
  }

  async function register(offer) {
    const made = await navigator.credentials.create({publicKey: {
      ...offer, challenge: bytes(offer.challenge), user: {...offer.user, id: bytes(offer.user.id)},
      excludeCredentials: listed(offer.excludeCredentials),
    }});
    const {clientDataJSON, attestationObject} = made.response;
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject)},
    };
  }

  async function login(offer) {
    const made = await navigator.credentials.get({publicKey: {
      ...offer, challenge: bytes(offer.challenge), allowCredentials: listed(offer.allowCredentials),
    }});
    const {clientDataJSON, authenticatorData, signature, userHandle} = made.response;
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      response: {
        clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData),
        signature: text(signature), userHandle: userHandle ? text(userHandle) : null,
      },
    };
  }

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const {passkey, begin, done, token, failed} = button.dataset;
    const error = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      error.hidden = true;
      try {
        const offer = await post(begin, token, {});
        const made = await (passkey === "login" ? login : register)(offer);
        location.assign((await post(done, token, made)).next);
      } catch (fault) {
        error.textContent = fault.name === "Error" ? fault.message : failed;
        error.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
