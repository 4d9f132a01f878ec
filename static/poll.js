// A part of a page that looks for news by itself: [data-poll] is the address, [data-every] the seconds.
// Asked with the tag of what is known, so that an answer without news is 304 and empty. While the server is away the last
// answer stays (a wall goes on turning its pages) and [data-cut] says so. Written for old Chromium: no ?. and no async.
(function () {
  "use strict";
  var known = {};

  function cut(is) {
    var words = document.querySelector("[data-cut]");
    if (words) words.hidden = !is;
  }

  function show(part, text) {
    var box = document.createElement("div");
    box.innerHTML = text;
    var fresh = box.firstElementChild;
    if (!fresh || fresh.id !== part.id) return part;
    if (fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
    return fresh.isConnected ? fresh : part;
  }

  function watch(part) {
    window.setTimeout(function () {
      var address = part.getAttribute("data-poll");
      var last = known[address];
      var headers = {};
      if (last) headers["If-None-Match"] = last.tag;
      fetch(address, { headers: headers, cache: "no-store" }).then(function (answer) {
        if (answer.status === 304 && last) return last.text;
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text().then(function (text) {
          known[address] = { tag: answer.headers.get("ETag") || "", text: text };
          return text;
        });
      }).then(function (text) {
        cut(false);
        return text;
      }, function () {
        cut(true);
        return last ? last.text : "";
      }).then(function (text) {
        watch(text ? show(part, text) : part);
      });
    }, 1000 * Number(part.getAttribute("data-every")));
  }

  document.addEventListener("DOMContentLoaded", function () {
    var parts = document.querySelectorAll("[data-poll]");
    for (var at = 0; at < parts.length; at += 1) watch(parts[at]);
  });
})();
