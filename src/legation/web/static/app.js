// Comforts only: every page works without this file.
(function () {
  "use strict";
  var root = document.documentElement;

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  each("[data-theme-switch]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var dark = root.dataset.theme ? root.dataset.theme === "dark"
        : window.matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* not kept */ }
    });
  });

  // On a narrow screen the place in the menu is in sight.
  each(".top nav [aria-current]", function (here) {
    var menu = here.closest("nav");
    menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
  });

  // On a phone the list comes first: what narrows it down is one tap away.
  if (window.matchMedia("(max-width: 60rem)").matches) {
    each("details.facets[open]", function (facets) { facets.open = false; });
  }

  // The slider of days says its day while it moves.
  each("form.asof", function (form) {
    var range = form.querySelector("input[type=range]"), said = form.querySelector("output");
    range.addEventListener("input", function () {
      var day = new Date(range.value * 86400000).toLocaleDateString("en-GB",
        { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).replace("Sept", "Sep");
      said.textContent = day;
      range.setAttribute("aria-valuetext", day);
    });
  });

  each("[data-copy]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.copy).textContent;
      navigator.clipboard.writeText(text).then(function () {
        var before = button.textContent;
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = before; }, 1500);
      });
    });
  });

  // Keys: / to search, ? for help, and whatever a page names with data-key.
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable) {
      if (event.key === "Escape") at.blur(); // so that the keys of the page work again
      return;
    }
    if (/^Arrow/.test(event.key) && at.closest && at.closest("[tabindex='0']")) return; // it scrolls
    if (event.key === "/") {
      var box = document.querySelector("header input[type=search]");
      if (box) { event.preventDefault(); box.focus(); }
      return;
    }
    var wanted = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (wanted) { event.preventDefault(); wanted.focus(); wanted.click(); }
  });

  // Hovering an event of a story shows its words in the text.
  each("[data-event]", function (card) {
    function light(on) {
      each('mark[data-events~="' + CSS.escape(card.dataset.event) + '"]', function (mark) {
        mark.classList.toggle("lit", on);
      });
    }
    card.addEventListener("mouseenter", function () { light(true); });
    card.addEventListener("mouseleave", function () { light(false); });
    card.addEventListener("focusin", function () { light(true); });
    card.addEventListener("focusout", function () { light(false); });
  });

  // Reading while somebody types.
  var form = document.querySelector("form[data-live]");
  if (form) {
    var answer = document.getElementById("answer"), waiting = 0, number = 0;
    form.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        var mine = ++number;
        answer.setAttribute("aria-busy", "true");
        fetch(form.action, {
          method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "answer" }
        }).then(function (told) { return told.ok ? told.text() : null; }).then(function (html) {
          if (mine !== number) return;
          answer.setAttribute("aria-busy", "false");
          if (html !== null) answer.innerHTML = html; // made and escaped by the server
        }).catch(function () { answer.setAttribute("aria-busy", "false"); });
      }, 500);
    });
  }
})();
