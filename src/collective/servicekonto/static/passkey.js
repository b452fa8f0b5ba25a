/**
 * Lets the browser make or use a passkey (W3C Web Authentication), and sends what it
 * answers with the form.
 *
 *   <form data-passkey="create|get" data-passkey-options="{options as JSON}"
 *         data-passkey-start="now" data-passkey-failed="…">
 *     <input type="hidden" name="answer" />
 *     <div data-passkey-only hidden>
 *       <p data-passkey-status role="alert"></p>
 *       <button type="button" data-passkey-button>…</button>
 *     </div>
 *   </form>
 *   <p data-passkey-missing> what to do without passkeys </p>
 *
 * data-passkey-only is shown, and data-passkey-missing goes, where the browser knows
 * passkeys. Bytes are written as Base64url without padding.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  function toBytes(text) {
    const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }

  function toText(buffer) {
    const binary = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  const withBytes = (credentials = []) =>
    credentials.map((one) => ({ ...one, id: toBytes(one.id) }));

  function create(options) {
    return navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
  }

  function get(options) {
    return navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    });
  }

  const ASK = { create, get };

  // What the server needs of each answer.
  const PARTS = {
    create: ["clientDataJSON", "attestationObject"],
    get: ["clientDataJSON", "authenticatorData", "signature"],
  };

  function asJSON(kind, credential) {
    const parts = PARTS[kind].map((name) => [name, toText(credential.response[name])]);
    return JSON.stringify({
      id: credential.id,
      rawId: credential.id,
      type: credential.type,
      clientExtensionResults: {},
      response: Object.fromEntries(parts),
    });
  }

  async function perform(form) {
    const { passkey: kind, passkeyOptions, passkeyFailed } = form.dataset;
    const button = form.querySelector("[data-passkey-button]");
    const status = form.querySelector("[data-passkey-status]");
    status.textContent = "";
    button.disabled = true;
    try {
      const credential = await ASK[kind](JSON.parse(passkeyOptions));
      form.elements.answer.value = asJSON(kind, credential);
      form.submit();
    } catch {
      // Cancelled, too late, or no authenticator: the browser does not say which.
      status.textContent = passkeyFailed;
      button.disabled = false;
      button.focus();
    }
  }

  function prepare(form) {
    const button = form.querySelector("[data-passkey-button]");
    button.addEventListener("click", () => perform(form));
    if (form.dataset.passkeyStart === "now") perform(form);
  }

  if (window.PublicKeyCredential) {
    for (const part of document.querySelectorAll("[data-passkey-only]")) {
      part.hidden = false;
    }
    for (const part of document.querySelectorAll("[data-passkey-missing]")) {
      part.hidden = true;
    }
    document.querySelectorAll("form[data-passkey]").forEach(prepare);
  }
}
