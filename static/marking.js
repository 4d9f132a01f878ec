// Marking a class: the button's number follows the ticks, ticks taken off stay off when only lesson or day change, and what was done
// is in view. The list of the next class comes to stand under the finger that pressed for the one before: until it has settled, an
// impatient second press ticks nobody there and presses nothing. All else is done by links and forms (htmx).
(() => {
  "use strict";
  const SETTLED = 1200;
  let off = null;
  let settling = false;

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
    if (event.detail.ctx.request?.method === "POST") settle();
  });

  function settle() {
    const list = document.getElementById("list");
    settling = true;
    list?.classList.add("settling");
    document.querySelector("#done .done")?.scrollIntoView({ block: "nearest" });
    setTimeout(() => {
      settling = false;
      list?.classList.remove("settling");
    }, SETTLED);
  }

  document.addEventListener("click", (event) => {
    if (!settling || !event.target.closest("#list")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  count();
})();
