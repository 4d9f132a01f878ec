// Marks given by slider: the mark in large figures, what it means in words beside it, a step down and up for whoever cannot drag that
// finely. Of the judge's pages here, and of the page that judges take home on a stick. Marks are told by their place in the scale.
const Sliders = (() => {
  "use strict";
  const UNSET = "还没有评";

  function make(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** A line of its own: `marks` from the lowest; `at`: the place of the one given, -1 for none; `words(at)`; `set(at)` hears of another. */
  function line({ id, name, marks, at, words, set }) {
    const output = make("output", {}), means = make("p", { className: "means" });
    const input = make("input", { type: "range", id, min: 0, max: marks.length - 1, step: 1, value: Math.max(at, 0) });
    const step = (by, sign, said) => make("button", { type: "button", className: "quiet", textContent: sign, ariaLabel: `${name}${said}` });
    const less = step(-1, "−", "减一档"), more = step(1, "＋", "加一档");
    const whole = make("div", { className: "slider" }, make("label", { htmlFor: id, textContent: name }), output,
      make("div", { className: "run" }, less, input, more), means);
    let given = at >= 0;
    if (!given) input.value = Math.floor((marks.length - 1) / 2);

    function show() {
      const place = Number(input.value), meaning = words(place);
      whole.classList.toggle("unset", !given);
      output.textContent = given ? marks[place] : "—";
      means.textContent = given ? meaning : UNSET;
      input.setAttribute("aria-valuetext", given ? [`${marks[place]} 分`, meaning].filter(Boolean).join("，") : UNSET);
    }
    function take() {
      given = true;
      show();
      set(Number(input.value));
    }
    function turn(by) {
      if (given) input.value = Number(input.value) + by;
      take();
    }
    input.addEventListener("input", take);
    // the mark in the middle is given by pressing there: the slider itself sees no change
    input.addEventListener("click", take);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it would send the form
      take();
    });
    less.addEventListener("click", () => turn(-1));
    more.addEventListener("click", () => turn(1));
    show();
    return whole;
  }

  /** What the stretches of the scale mean, above the sliders: one part for neighbours of one meaning, as wide as it has marks. */
  function scale(many, words) {
    const parts = [];
    for (let at = 0; at < many; at++) {
      const last = parts[parts.length - 1];
      if (last && last.words === words(at)) last.count += 1;
      else parts.push({ words: words(at), count: 1 });
    }
    const whole = make("div", { className: "scale", ariaHidden: "true" });
    for (const part of parts) {
      const shown = make("span", { textContent: part.words });
      shown.style.flexGrow = part.count;
      whole.append(shown);
    }
    return whole;
  }

  return { line, scale };
})();
