// What you typed is not lost by accident, a form is not sent twice, and a link with data-bevestig asks on the spot.
"use strict";

(() => {
  let geraakt = false;
  let verstuurd = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-bewaak]")) geraakt = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (geraakt && !verstuurd) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const knop = event.submitter;
    if (event.target.dataset.bezig) {
      event.preventDefault();
      return;
    }
    if (event.target.method !== "post" || event.defaultPrevented) return;
    verstuurd = true;
    event.target.dataset.bezig = "ja";
    knop?.setAttribute("aria-busy", "true");
  });

  const klaar = (formulier) => {
    delete formulier.dataset.bezig;
    formulier.querySelectorAll("[aria-busy]").forEach((knop) => knop.removeAttribute("aria-busy"));
  };
  window.addEventListener("pageshow", () => {
    verstuurd = false;
    document.querySelectorAll("form[data-bezig]").forEach(klaar);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const formulier = event.detail.elt.closest("form");
    if (formulier) klaar(formulier);
  });

  // The page behind the link asks the same without script.
  document.addEventListener("click", async (event) => {
    const sluit = event.target.closest("dialog [data-sluit]");
    if (sluit) {
      event.preventDefault();
      sluit.closest("dialog").close();
      return;
    }
    const link = event.target.closest("a[data-bevestig]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const ga = () => { window.location.href = link.href; };
    try {
      const antwoord = await fetch(link.href, { headers: { Accept: "text/html" } });
      const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
      const vraag = pagina.querySelector(".rk-bevestig");
      if (!antwoord.ok || !vraag) return ga();
      const venster = document.createElement("dialog");
      venster.className = "rk-venster";
      const formulier = vraag.querySelector("form");
      if (formulier && !formulier.getAttribute("action")) formulier.setAttribute("action", link.href);
      const kop = vraag.querySelector("h1, h2, h3");
      if (kop) {
        kop.id = "rk-venster-kop";
        venster.setAttribute("aria-labelledby", kop.id);
      }
      venster.append(vraag);
      venster.addEventListener("close", () => {
        venster.remove();
        link.focus();
      });
      document.body.append(venster);
      venster.showModal();
    } catch {
      ga();
    }
  });
})();
