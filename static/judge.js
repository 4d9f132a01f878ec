// A judge's ballot: its lists of marks become sliders, which set them; without this the lists do.
(() => {
  "use strict";

  function slid(select) {
    const options = [...select.options].filter((each) => each.value).reverse();
    const name = document.querySelector(`label[for="${select.id}"]`);
    const set = (at) => {
      select.value = options[at].value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const words = (at) => options[at].parentElement.dataset.words || "";
    const line = Sliders.line({
      id: `slide-${select.id}`, name: name.textContent, marks: options.map((each) => each.value),
      at: options.findIndex((each) => each.value === select.value), words, set,
    });
    const input = line.querySelector("input");
    for (const told of ["aria-invalid", "aria-describedby"]) {
      if (select.hasAttribute(told)) input.setAttribute(told, select.getAttribute(told));
    }
    name.remove();
    select.hidden = true;
    select.before(line);
    return () => Sliders.scale(options.length, words);
  }

  function all() {
    const criteria = document.querySelector(".criteria:not(.slid)");
    if (!criteria) return;
    const scales = [...criteria.querySelectorAll("select")].map(slid);
    criteria.classList.add("slid");
    if (scales.length) criteria.prepend(scales[0]());
  }
  all();
  document.addEventListener("htmx:after:swap", all);
})();
