// Marking a class: the button's number follows the ticks, ticks taken off stay off when only lesson or day change, and the second
// click of a double click does not press the button of the next class. All else is done by links and forms (htmx).
(() => {
  "use strict";
  const SETTLED = 700;
  let off = null;

  function count() {
    const button = document.querySelector("#press[name]");
    if (!button) return;
    const ticked = document.querySelectorAll("#list [name=person]:checked").length;
    button.querySelector(".count").textContent = ticked;
    button.disabled = ticked === 0;
  }

  function unticked() {
    const list = document.getElementById("list");
    const people = Array.from(list.querySelectorAll("[name=person]:not(:checked)"), (box) => box.value);
    return { of: list.dataset.list, people: people };
  }

  document.addEventListener("change", (event) => event.target.name === "person" && count());
  document.addEventListener("htmx:before:swap", (event) => {
    off = event.detail.ctx.sourceElement?.id === "choices" ? unticked() : null;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const list = document.getElementById("list");
    if (off && list && list.dataset.list === off.of) {
      for (const box of list.querySelectorAll("[name=person]")) if (off.people.includes(box.value)) box.checked = false;
    }
    count();
    const button = document.getElementById("press");
    if (event.detail.ctx.request?.method === "POST" && button && !button.disabled) {
      button.disabled = true;
      setTimeout(() => { button.disabled = false; count(); }, SETTLED);
    }
  });
  count();
})();
