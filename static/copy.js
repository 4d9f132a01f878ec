// A button that copies the text above it. The old command is used on purpose: the new one does not exist on plain http.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", () => {
      text.focus();
      text.select();
      const done = document.execCommand("copy");
      button.textContent = done ? button.dataset.done : button.dataset.failed;
      button.focus();
    });
  }
})();
