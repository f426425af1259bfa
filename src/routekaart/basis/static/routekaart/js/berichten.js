// The undo bar leaves after 10 seconds, and waits while you point at it or are in it.
// A list of errors takes the focus, also when htmx brings it.
"use strict";

(() => {
  const DUUR = 10_000;

  const start = (balk) => {
    if (balk.dataset.loopt) return;
    balk.dataset.loopt = "ja";
    let klok;
    const loop = () => { klok = setTimeout(() => balk.remove(), DUUR); };
    const wacht = () => clearTimeout(klok);
    const verder = () => {
      wacht();
      if (!balk.matches(":hover") && !balk.matches(":focus-within")) loop();
    };
    balk.addEventListener("pointerenter", wacht);
    balk.addEventListener("focusin", wacht);
    balk.addEventListener("pointerleave", verder);
    balk.addEventListener("focusout", () => setTimeout(verder));
    loop();
  };

  const bekijk = (stuk) => {
    stuk.querySelectorAll("[data-ongedaan]").forEach(start);
    stuk.querySelector(".rk-fouten")?.focus();
  };

  bekijk(document);
  document.addEventListener("htmx:load", (event) => bekijk(event.detail.elt));
})();
