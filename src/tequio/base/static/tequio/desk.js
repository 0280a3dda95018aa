// Inside the list of answers that are owed, J and K go down and up, X chooses one, A all of them or none. The button
// says how many are chosen. Everything works without it.
(function () {
  var list = document.querySelector("[data-desk]");
  if (!list) return;
  var rows = Array.prototype.slice.call(list.children);
  var boxes = Array.prototype.slice.call(list.querySelectorAll("input[type=checkbox]"));
  var button = document.querySelector("[data-count]");
  var words = button && button.textContent;
  function count() {
    var number = boxes.filter(function (box) { return box.checked; }).length;
    if (button) button.textContent = number ? words + " (" + number + ")" : words;
  }
  function go(to) {
    var row = rows[Math.max(0, Math.min(to, rows.length - 1))];
    row.querySelector("input, a").focus();
  }
  function chooseAll() {
    var are = boxes.every(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !are; });
  }
  list.addEventListener("change", count);
  list.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var here = rows.findIndex(function (row) { return row.contains(event.target); });
    var box = rows[here] && rows[here].querySelector("input");
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") go(here - 1);
    else if (event.key === "x" && box) box.checked = !box.checked;
    else if (event.key === "a") chooseAll();
    else return;
    event.preventDefault();
    count();
  });
  window.addEventListener("pageshow", count);
})();
