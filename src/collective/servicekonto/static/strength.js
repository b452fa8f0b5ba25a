/**
 * Says how hard a password is to guess while it is typed.
 *
 *   <input type="password" data-strength-url="…" />
 *   <div data-strength-result role="status"></div>
 *
 * The password goes to the server that would get it anyway, with the form's
 * hidden field `csrf` and the fields marked `data-strength-personal` (names,
 * address), under their own names. The answer is JSON:
 *
 *   {"score": 0–4, "label": "…", "problem": "…" or null, "advice": ["…"]}
 *
 * Without JavaScript the server says the same after the form was sent.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  const PAUSE = 400; // milliseconds without a key, so that nobody is interrupted
  const HIGHEST_SCORE = 4;

  function questionAbout(input) {
    const form = input.form;
    const data = new URLSearchParams({ password: input.value });
    const csrf = form.querySelector('input[name="csrf"]');
    if (csrf) data.set("csrf", csrf.value);
    for (const field of form.querySelectorAll("[data-strength-personal]")) {
      data.set(field.name, field.value);
    }
    return data;
  }

  async function ask(input, signal) {
    const response = await fetch(input.dataset.strengthUrl, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: questionAbout(input),
      credentials: "same-origin",
      signal,
    });
    return response.ok ? response.json() : null;
  }

  function paragraph(text) {
    const element = document.createElement("p");
    element.className = "mb-1";
    element.textContent = text;
    return element;
  }

  function meter(verdict) {
    const element = document.createElement("meter");
    Object.assign(element, {
      max: HIGHEST_SCORE,
      low: 2,
      high: 3,
      optimum: HIGHEST_SCORE,
      value: verdict.score,
      className: "w-100",
    });
    element.setAttribute("aria-hidden", "true"); // the label says it in words
    return element;
  }

  function show(result, verdict) {
    const texts = [verdict.label, verdict.problem, ...verdict.advice];
    result.replaceChildren(
      meter(verdict),
      ...texts.filter(Boolean).map(paragraph),
    );
  }

  function watch(input) {
    const result = input.form?.querySelector("[data-strength-result]");
    if (!result) return;
    let timer;
    let request;

    async function judge() {
      request = new AbortController();
      try {
        const verdict = await ask(input, request.signal);
        if (verdict) show(result, verdict);
      } catch {
        // Aborted by the next key, or no network: the server judges the form anyway.
      }
    }

    input.addEventListener("input", () => {
      // Room for the answer, so that no button slips away from under a finger.
      result.classList.add("servicekonto-strength");
      clearTimeout(timer);
      request?.abort();
      if (input.value) {
        timer = setTimeout(judge, PAUSE);
      } else {
        result.replaceChildren();
      }
    });
  }

  document.querySelectorAll("input[data-strength-url]").forEach(watch);
}
