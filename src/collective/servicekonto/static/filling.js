/**
 * Saves what is typed into a form of the town, a few seconds after the last change.
 * Without JavaScript it is saved with each button.
 *
 *   <form data-autosave>            sent to its own address with was=entwurf
 *     <input name="fassung">        gets the version that was saved
 *     <p data-autosave-status data-failed="…" role="status" hidden>
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  const PAUSE = 3000; // milliseconds

  class Autosave {
    constructor(form) {
      this.form = form;
      this.version = form.elements.namedItem("fassung");
      this.status = form.querySelector("[data-autosave-status]");
      this.timer = null;
      this.isBusy = false;
      this.isStopped = false;
      this.saved = this.fingerprint();
      for (const kind of ["input", "change"]) {
        form.addEventListener(kind, () => this.wait());
      }
      form.addEventListener("submit", () => this.stop());
      // Whoever leaves the page within the pause loses nothing either.
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.save();
      });
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), PAUSE);
    }

    stop() {
      this.isStopped = true;
      clearTimeout(this.timer);
    }

    /** Return the entries. Files go with the buttons only: they may be large. */
    entries() {
      const data = new FormData(this.form);
      for (const [name, value] of [...data.entries()]) {
        if (value instanceof File) data.delete(name);
      }
      data.delete("entfernen");
      data.set("was", "entwurf");
      return data;
    }

    fingerprint() {
      const data = this.entries();
      data.delete("fassung");
      return JSON.stringify([...data.entries()]);
    }

    async save() {
      const now = this.fingerprint();
      if (this.isStopped || this.isBusy || now === this.saved) return;
      this.isBusy = true;
      try {
        const response = await fetch(this.form.action, {
          method: "POST",
          headers: { Accept: "application/json" },
          credentials: "same-origin",
          keepalive: true,
          body: this.entries(),
        });
        this.heed(response, response.redirected ? null : await response.json(), now);
      } catch {
        this.say(this.status.dataset.failed);
      }
      this.isBusy = false;
      if (this.fingerprint() !== this.saved && !this.isStopped) this.wait();
    }

    heed(response, answer, sent) {
      if (answer === null) {
        // The session is over; another script says so.
        this.stop();
        this.say(this.status.dataset.failed);
      } else if (response.ok) {
        this.saved = sent;
        this.version.value = answer.version;
        this.say(answer.message);
      } else {
        this.stop();
        this.say(answer.message);
      }
    }

    say(text) {
      this.status.hidden = false;
      // Only a change is read aloud.
      if (this.status.textContent !== text) this.status.textContent = text;
    }
  }

  const form = document.querySelector("form[data-autosave]");
  if (form) new Autosave(form);
  document.getElementById("notice")?.focus();
}
