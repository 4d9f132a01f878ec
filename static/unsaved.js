// Typed work is never lost: forms that are kept (input[name=keeps]) are sent to the server while they are typed in, others ask before
// they are left. Written so that it does nothing where it fails: without it a form is still kept when it is refused.
(() => {
  "use strict";
  const WAIT = 1000;
  const WORDS = "填的内容还没有保存，确定离开吗？";
  const typed = new Map();

  function isOurs(form) {
    return form && form.method === "post" && !form.closest("#station") && !form.querySelector("[type=password]");
  }

  function keep(form, leaving) {
    const state = typed.get(form);
    if (!state || !form.elements.keeps) return;
    clearTimeout(state.timer);
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    const where = new URLSearchParams({ page: location.pathname, action: form.getAttribute("action") || location.pathname });
    const version = state.version;
    fetch(`/desk/unsaved?${where}`, { method: "POST", body: fields, keepalive: leaving }).then((answer) => {
      if (answer.ok && typed.get(form)?.version === version) typed.delete(form);
    }, () => {});
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!isOurs(form) || (event.target.type === "checkbox" && !form.elements.keeps)) return;
    const state = typed.get(form) || { version: 0 };
    state.version += 1;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => keep(form, false), WAIT);
    typed.set(form, state);
  });
  document.addEventListener("submit", (event) => {
    clearTimeout(typed.get(event.target)?.timer);
    typed.delete(event.target);
  });
  document.addEventListener("htmx:error", (event) => {
    const form = event.target.closest?.("form");
    if (isOurs(form)) typed.set(form, { version: 0 });
  });

  // What is kept is on its way when one leaves; what is not asks.
  const open = () => Array.from(typed.keys()).filter((form) => form.isConnected);
  document.addEventListener("visibilitychange", () => document.hidden && open().forEach((form) => keep(form, true)));
  window.addEventListener("beforeunload", (event) => {
    open().forEach((form) => keep(form, true));
    if (open().some((form) => !form.elements.keeps)) event.preventDefault();
  });
  document.addEventListener("htmx:before:request", (event) => {
    const { target, sourceElement } = event.detail.ctx;
    const lost = open().filter((form) => target?.contains?.(form) && form !== sourceElement && !form.contains(sourceElement));
    lost.filter((form) => form.elements.keeps).forEach((form) => keep(form, false));
    if (lost.some((form) => !form.elements.keeps) && !window.confirm(WORDS)) event.preventDefault();
  });
})();
