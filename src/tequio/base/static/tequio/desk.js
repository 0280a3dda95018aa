// J and K go down and up the list of answers that are owed, X chooses one. Everything works without it.
(function () {
  var list = document.querySelector("[data-desk]");
  if (!list) return;
  var boxes = Array.prototype.slice.call(list.querySelectorAll("input[type=checkbox]"));
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    var typing = at && /^(TEXTAREA|SELECT)$/.test(at.tagName) || at && at.tagName === "INPUT" && at.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    var here = boxes.indexOf(at);
    if (event.key === "j") boxes[Math.min(here + 1, boxes.length - 1)].focus();
    else if (event.key === "k") boxes[Math.max(here - 1, 0)].focus();
    else if (event.key === "x" && here >= 0) boxes[here].checked = !boxes[here].checked;
    else return;
    event.preventDefault();
  });
})();
