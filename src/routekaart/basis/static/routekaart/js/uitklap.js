// Menus close with Escape, on a click outside and when the focus leaves them.
"use strict";

(() => {
  const open = () => document.querySelectorAll("details[data-uitklap][open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  ["click", "focusin"].forEach((soort) => document.addEventListener(soort, (event) => {
    open().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }));
})();
