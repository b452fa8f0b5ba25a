/**
 * What makes the Postfach handier. Without JavaScript everything works as well.
 *
 *   data-with-script            shown only where scripts run
 *   data-select-all="NAME"      ticks all boxes of this name
 *   data-print                  prints the page
 *   data-longest, data-left     says in the element with this id how many characters
 *                               are left of the longest text
 */

"use strict";

{
  for (const element of document.querySelectorAll("[data-with-script]")) {
    element.hidden = false;
  }

  // Those who hear the page learn at once what was done.
  document.getElementById("notice")?.focus();

  const all = document.querySelector("[data-select-all]");
  if (all) {
    const boxes = [...document.getElementsByName(all.dataset.selectAll)];
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    for (const box of boxes) {
      box.addEventListener("change", () => {
        all.checked = boxes.every((one) => one.checked);
      });
    }
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }

  // On paper nothing is folded.
  const folded = document.querySelectorAll(".servicekonto-message details:not([open])");
  addEventListener("beforeprint", () => {
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  for (const field of document.querySelectorAll("[data-longest]")) {
    const status = document.getElementById(field.dataset.left);
    const longest = Number(field.dataset.longest);
    const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
    let timer = null;
    const say = () => {
      const left = format.format(longest - field.value.trim().length);
      status.textContent = status.dataset.text.replace("{number}", left);
    };
    // Nobody wants to hear a number after each letter.
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(say, 1000);
    });
    status.hidden = false;
    say();
  }
}
