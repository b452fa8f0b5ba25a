/**
 * A button after a password field that shows what was typed, and hides it again.
 *
 *   <input type="password" data-reveal data-reveal-show="Show password" />
 *
 * The text stays the same, aria-pressed tells the state. Without JavaScript there
 * is no button and nothing is missing.
 */

"use strict";

// The block keeps the names out of the page's other scripts.
{
  function setRevealed(input, button, revealed) {
    input.type = revealed ? "text" : "password";
    button.setAttribute("aria-pressed", String(revealed));
    button.classList.toggle("active", revealed);
  }

  function addButton(input) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary mt-1";
    button.textContent = input.dataset.revealShow;
    if (input.id) button.setAttribute("aria-controls", input.id);
    setRevealed(input, button, false);
    button.addEventListener("click", () => {
      setRevealed(input, button, input.type === "password");
    });
    // A text field would end up among the browser's suggestions for other forms.
    input.form?.addEventListener("submit", () => setRevealed(input, button, false));
    input.after(button);
  }

  document.querySelectorAll("input[data-reveal]").forEach(addButton);
}
