/**
 * What makes the Postfach handier. Without JavaScript everything works as well.
 *
 *   data-with-script            shown only where scripts run
 *   data-select-all="NAME"      ticks all boxes of this name
 *   data-print                  prints the page
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
}
