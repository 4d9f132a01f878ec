// The wall turns its pages by itself: [data-next] is the address of the next one, [data-every] the seconds.
// Asked with the tag of what is known, so that an answer without news is 304 and empty. Only our own part counts as an answer: not
// the page of a captive portal that says 200, and not a server that never answers. Until one comes the pages known turn on, and
// [data-cut] says so. Written for old Chromium: no ?. and no async.
(function () {
  "use strict";
  var PATIENCE = 10000;
  var known = {};

  function cut(is) {
    document.querySelector("[data-cut]").hidden = !is;
  }

  // The part in an answer; null where it is something else.
  function own(text) {
    var box = document.createElement("template");
    box.innerHTML = text.trim();
    var part = box.content.firstElementChild;
    return part && part.id === "wall" && part.getAttribute("data-next") && box.content.childElementCount === 1 ? part : null;
  }

  function soon(answer) {
    return Promise.race([answer, new Promise(function (_, give_up) {
      window.setTimeout(function () { give_up(new Error("no answer")); }, PATIENCE);
    })]);
  }

  function ask(address) {
    var last = known[address];
    var headers = last ? { "If-None-Match": last.tag } : {};
    return fetch(address, { headers: headers, cache: "no-store" }).then(function (answer) {
      if (answer.status === 304 && last) return last.text;
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text().then(function (text) {
        if (!own(text)) throw new Error("not ours");
        known[address] = { tag: answer.headers.get("ETag") || "", text: text };
        return text;
      });
    });
  }

  function turn(part) {
    var address = part.getAttribute("data-next");
    soon(ask(address)).then(function (text) {
      cut(false);
      return text;
    }, function () {
      cut(true);
      return known[address] ? known[address].text : "";
    }).then(function (text) {
      var fresh = text && own(text);
      if (fresh) part.replaceWith(fresh);
      watch(fresh || part);
    });
  }

  function watch(part) {
    window.setTimeout(function () { turn(part); }, 1000 * Number(part.getAttribute("data-every")));
  }

  document.addEventListener("DOMContentLoaded", function () {
    var part = document.getElementById("wall"), address = part.getAttribute("data-here");
    known[address] = { tag: "", text: part.outerHTML };
    watch(part);
  });
})();
