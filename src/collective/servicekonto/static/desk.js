/* Puts a text block where the clerk is writing; without this the server appends it. */

"use strict";

const button = document.getElementById("insert-block");

function asHtml(text) {
  const holder = document.createElement("div");
  for (const block of text.split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    for (const [number, line] of block.trim().split("\n").entries()) {
      if (number) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    }
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

button?.addEventListener("click", (event) => {
  const option = document.getElementById("block").selectedOptions[0];
  const editor = window.tinymce?.activeEditor;
  if (!option || !editor) return;
  event.preventDefault();
  editor.insertContent(asHtml(option.dataset.text));
  editor.focus();
});

/* The text field is hidden behind the editor: the error summary leads to that one. */
document.querySelector("#errors a[href='#text']")?.addEventListener("click", (event) => {
  const editor = window.tinymce?.get("text");
  if (!editor) return;
  event.preventDefault();
  editor.focus();
});
