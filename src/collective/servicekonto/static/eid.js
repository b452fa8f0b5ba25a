/**
 * Looks whether the AusweisApp runs on this device, and follows what happens in it.
 *
 *   <div data-eid-app="{address of the app's status}">
 *     <p data-eid-running hidden> … </p>
 *     <p data-eid-missing hidden> … </p>
 *     <button data-eid-check hidden> … </button>
 *   </div>
 *   <a data-eid-open> … </a>
 *   <div data-eid-waiting="{address that tells the state}" hidden> … </div>
 *   <a data-eid-look href="{page to look at again}"> … </a>
 *
 * Where the browser asks its user before a page may talk to the own device, only the
 * button asks. Without scripts nothing of this is shown, and the links do all.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  const PATIENCE = 3000;
  const PERMISSIONS = ["loopback-network", "local-network-access"];

  async function mayAskAtOnce() {
    for (const name of PERMISSIONS) {
      try {
        const { state } = await navigator.permissions.query({ name });
        return state === "granted";
      } catch {
        // This browser does not know such a permission.
      }
    }
    return true;
  }

  async function isRunning(address) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      await fetch(address, { mode: "no-cors", cache: "no-store", signal });
      return true;
    } catch {
      return false;
    }
  }

  async function look(app) {
    const running = await isRunning(app.dataset.eidApp);
    app.querySelector("[data-eid-running]").hidden = !running;
    app.querySelector("[data-eid-missing]").hidden = running;
  }

  async function prepare(app) {
    const button = app.querySelector("[data-eid-check]");
    button.hidden = false;
    button.addEventListener("click", () => look(app));
    if (await mayAskAtOnce()) look(app);
  }

  async function follow(waiting) {
    try {
      const answer = await fetch(waiting.dataset.eidWaiting, { cache: "no-store" });
      const { page } = await answer.json();
      if (page) {
        window.location.assign(page);
        return;
      }
    } catch {
      // The connection comes and goes on telephones.
    }
    setTimeout(() => follow(waiting), PATIENCE);
  }

  function open(waiting) {
    if (!waiting.hidden) return;
    waiting.hidden = false;
    setTimeout(() => follow(waiting), PATIENCE);
  }

  document.querySelectorAll("[data-eid-app]").forEach(prepare);
  for (const waiting of document.querySelectorAll("[data-eid-waiting]")) {
    for (const link of document.querySelectorAll("[data-eid-open]")) {
      link.addEventListener("click", () => open(waiting));
    }
  }
  for (const link of document.querySelectorAll("[data-eid-look]")) {
    setTimeout(() => window.location.assign(link.href), PATIENCE);
  }
}
