// Before the page is drawn: light or dark as chosen before, else as the system wishes.
(function () {
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch (error) { /* no storage: the system's choice stays */ }
})();
