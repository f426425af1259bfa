// "/" or Ctrl-K (Cmd-K) goes to the search box, from anywhere but another input.
"use strict";

document.addEventListener("keydown", (event) => {
  const zoek = document.querySelector("[data-zoek]");
  if (!zoek) return;
  const typt = event.target.closest("input, textarea, select, [contenteditable]");
  const ctrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const schuin = event.key === "/" && !typt && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!ctrlK && !schuin) return;
  event.preventDefault();
  zoek.focus();
  zoek.select();
});
