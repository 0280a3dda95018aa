// Passkeys: asks the device when the button is pressed, and sends its answer with the form around it.
(() => {
  "use strict";
  const part = document.querySelector("[data-passkey]");
  if (!part || !window.PublicKeyCredential || !navigator.credentials) return;
  const form = part.closest("form");
  const field = form.elements.credential;
  const said = JSON.parse(part.dataset.options).publicKey;
  const trouble = part.querySelector("[data-passkey-trouble]");

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const ask = {
    create: () => navigator.credentials.create({ publicKey: {
      ...said,
      challenge: bytes(said.challenge),
      user: { ...said.user, id: bytes(said.user.id) },
      excludeCredentials: keys(said.excludeCredentials),
    } }),
    get: () => navigator.credentials.get({ publicKey: {
      ...said,
      challenge: bytes(said.challenge),
      allowCredentials: keys(said.allowCredentials),
    } }),
  };
  const answer = (made) => {
    const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
    const response = {};
    for (const name of parts) if (made.response[name]) response[name] = text(made.response[name]);
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response,
      clientExtensionResults: made.getClientExtensionResults(),
    };
  };

  part.querySelector("[data-passkey-do]").hidden = false;
  part.querySelector("[data-passkey-missing]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      field.value = JSON.stringify(answer(await ask[part.dataset.passkey]()));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
})();
