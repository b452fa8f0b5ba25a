/**
 * Solves the guard's puzzle (ALTCHA, proof of work) instead of the citizen.
 *
 *   <div data-guard="{puzzle as JSON}" data-guard-working="…" data-guard-done="…"
 *        data-guard-failed="…">
 *     <input type="hidden" name="…" data-guard-payload />
 *     <p data-guard-status role="status"></p>
 *     <div data-guard-question> the plain question </div>
 *   </div>
 *
 * Without JavaScript, or where the browser has no crypto.subtle, the plain question
 * stays and is enough. When the puzzle is solved the question goes.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  const BATCH = 500; // hashes between two chances for the page to react

  const encoder = new TextEncoder();

  async function digest(text) {
    const hash = await crypto.subtle.digest("SHA-256", encoder.encode(text));
    return Array.from(new Uint8Array(hash), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
  }

  /** Return the number that solves the puzzle, or null. */
  async function solve(puzzle, breathe) {
    for (let start = 0; start <= puzzle.maxNumber; start += BATCH) {
      const end = Math.min(start + BATCH, puzzle.maxNumber + 1);
      const numbers = Array.from({ length: end - start }, (_, i) => start + i);
      const hashes = await Promise.all(
        numbers.map((number) => digest(puzzle.salt + number)),
      );
      const found = hashes.indexOf(puzzle.challenge);
      if (found >= 0) return numbers[found];
      await breathe();
    }
    return null;
  }

  /** Return the solution as ALTCHA writes it: base64 of JSON. */
  async function payloadFor(puzzle, breathe) {
    const number = await solve(puzzle, breathe);
    if (number === null) return null;
    const { algorithm, challenge, salt, signature } = puzzle;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }

  const nextTask = () => new Promise((resolve) => setTimeout(resolve));

  async function pass(guard) {
    const status = guard.querySelector("[data-guard-status]");
    status.textContent = guard.dataset.guardWorking;
    const payload = await payloadFor(JSON.parse(guard.dataset.guard), nextTask);
    if (payload === null) {
      status.textContent = guard.dataset.guardFailed;
      return;
    }
    guard.querySelector("[data-guard-payload]").value = payload;
    const question = guard.querySelector("[data-guard-question]");
    for (const input of question.querySelectorAll("input")) input.required = false;
    // Who is just typing the answer keeps the field under the fingers.
    question.hidden = !question.contains(document.activeElement);
    status.textContent = guard.dataset.guardDone;
  }

  if (globalThis.document && globalThis.crypto?.subtle) {
    document.querySelectorAll("[data-guard]").forEach(pass);
  }
}
