/**
 * Warns two minutes before the session ends or its level falls.
 *
 *   <dialog id="servicekonto-session" data-session="{…}">
 *
 * The server says what time it is and, for each level down to the end of the
 * session, when it ends without activity and at the latest (epoch seconds). Only
 * the time that has passed is taken from the browser, so its clock may be wrong.
 * Tabs tell each other the times. Without JavaScript nothing is lost either: what is
 * sent after the end is kept until the next log-in.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  const WARNING = 120; // seconds
  const SECOND = 1000; // milliseconds

  /** Return when the level falls next, or null where the session is over. */
  function nextEnd(falls, now) {
    for (const [position, [idle, latest]] of falls.entries()) {
      const at = Math.min(idle, latest);
      if (now < at) {
        return {
          at,
          fixed: latest <= idle,
          last: position === falls.length - 1,
        };
      }
    }
    return null;
  }

  /** Return a clock that begins at now (epoch seconds) and never goes back. */
  function clockFrom(now) {
    const wall = Date.now();
    const steady = performance.now();
    // One of them stands still while the computer sleeps, the other can be set.
    return () =>
      now + Math.max(Date.now() - wall, performance.now() - steady) / SECOND;
  }

  class Warning {
    constructor(dialog) {
      this.dialog = dialog;
      this.facts = JSON.parse(dialog.dataset.session);
      this.heading = dialog.querySelector("h2");
      this.text = dialog.querySelector("p");
      this.status = dialog.querySelector("[role=status]");
      this.stayButton = dialog.querySelector("[data-stay]");
      this.loginLink = dialog.querySelector("[data-login]");
      this.closeButton = dialog.querySelector("[data-close]");
      this.logoutForm = dialog.querySelector("[data-logout]");
      this.isOver = false;
      this.listen();
      this.adopt(this.facts);
      this.share();
      setInterval(() => this.look(), SECOND);
    }

    listen() {
      this.stayButton.addEventListener("click", () => this.stay());
      this.closeButton.addEventListener("click", () => this.leave());
      this.loginLink.addEventListener("click", (event) => this.login(event));
      this.dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.escape();
      });
      document.addEventListener("visibilitychange", () => this.look());
      addEventListener("pageshow", (event) => {
        const [entry] = performance.getEntriesByType("navigation");
        // The page may be an old one: the server knows better.
        if (event.persisted || entry?.type === "back_forward") this.stay();
      });
      this.channel = new BroadcastChannel(this.dialog.id);
      this.channel.addEventListener("message", ({ data }) => this.adopt(data));
    }

    adopt({ now, falls }) {
      this.time = clockFrom(now);
      this.falls = falls;
      this.seen = null;
      this.look();
    }

    share() {
      this.channel.postMessage({ now: this.time(), falls: this.falls });
    }

    look() {
      if (this.isOver) return;
      const now = this.time();
      const end = nextEnd(this.falls, now);
      if (end === null) {
        this.over();
      } else if (end.at - now > WARNING || end.at === this.seen) {
        this.dialog.close();
      } else {
        this.warn(end, end.at - now);
      }
    }

    warn(end, left) {
      this.end = end;
      const name = this.nameOf(end);
      if (!this.dialog.open || name !== this.name) {
        this.say(name, end.at);
        this.show({ stay: !end.fixed, close: end.fixed, login: false });
      }
      const [least, words] = this.facts.remaining.find(([least]) => left > least);
      // Only a change is read aloud.
      if (least !== this.least) this.status.textContent = words;
      this.least = least;
    }

    nameOf(end) {
      if (!end.last) return "lower";
      return end.fixed ? "limit" : "soon";
    }

    say(name, at) {
      const [heading, text] = this.facts.texts[name];
      this.name = name;
      this.least = null;
      const language = document.documentElement.lang || undefined;
      const time = new Date(Date.now() + (at - this.time()) * SECOND);
      const form = { hour: "2-digit", minute: "2-digit" };
      this.heading.textContent = heading;
      this.text.textContent = text.replace(
        "{time}",
        time.toLocaleTimeString(language, form),
      );
      this.status.textContent = "";
    }

    show({ stay, close, login }) {
      this.stayButton.hidden = !stay;
      this.closeButton.hidden = !close;
      this.loginLink.hidden = !login;
      this.logoutForm.hidden = login;
      if (!this.dialog.open) this.dialog.showModal();
      [this.stayButton, this.loginLink, this.closeButton]
        .find((button) => !button.hidden)
        .focus();
    }

    over() {
      this.isOver = true;
      // On a shared computer the next person sees nothing of this one.
      if (this.facts.own) document.getElementById("content").hidden = true;
      this.say("over", this.time());
      this.show({ stay: false, close: !this.facts.own, login: true });
    }

    async stay() {
      const body = new URLSearchParams({
        csrf: this.dialog.querySelector("input[name=csrf]").value,
      });
      try {
        const response = await fetch(this.facts.url, {
          method: "POST",
          headers: { Accept: "application/json" },
          credentials: "same-origin",
          body,
        });
        if (response.ok) {
          this.adopt(await response.json());
          this.share();
        } else if (response.status === 401) {
          this.over();
        } else {
          this.status.textContent = this.facts.failed;
        }
      } catch {
        this.status.textContent = this.facts.failed;
      }
    }

    leave() {
      this.seen = this.end?.at;
      this.dialog.close();
    }

    escape() {
      if (!this.stayButton.hidden) this.stay();
      else if (!this.closeButton.hidden) this.leave();
    }

    /** Let the server keep what was typed: it is filled in after the log-in. */
    login(event) {
      const form = document.querySelector("form#servicekonto-form");
      if (!this.facts.own || !form) return;
      event.preventDefault();
      form.submit();
    }
  }

  const dialog = document.getElementById("servicekonto-session");
  if (dialog) new Warning(dialog);
}
