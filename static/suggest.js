// Suggestions of a datalist as buttons below their field: on a phone the browser's own list may open upwards, over what is asked.
(() => {
  "use strict";
  const MOST = 6;

  function offer(input) {
    const below = input.parentElement.querySelector(":scope > .suggestions") || started(input);
    const typed = input.value.trim();
    const fitting = [...document.getElementById(input.dataset.suggests).options].map((each) => each.value)
      .filter((each) => each.includes(typed) && each !== typed).slice(0, MOST);
    below.replaceChildren(...fitting.map((words) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: words });
      button.addEventListener("click", () => {
        input.value = words;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      });
      return button;
    }));
    below.scrollIntoView({ block: "nearest" });
  }

  function started(input) {
    const below = Object.assign(document.createElement("div"), { className: "suggestions" });
    below.setAttribute("aria-live", "polite");
    input.after(below);
    return below;
  }

  function begin(event) {
    const input = event.target;
    if (!input.matches?.("input[list], input[data-suggests]")) return;
    if (input.hasAttribute("list")) {
      input.dataset.suggests = input.getAttribute("list");
      input.removeAttribute("list");
      input.autocomplete = "off";
    }
    offer(input);
  }

  document.addEventListener("focusin", begin);
  document.addEventListener("input", begin);
})();
