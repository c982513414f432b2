// Makes the explorer nicer: a field that narrows its roles and pivots. Everything works without.
const every = document.querySelector(".every");
const rows = [...document.querySelectorAll(".fields li, .every li")];
const field = document.querySelector(".filter input");
const status = document.querySelector(".filtered");
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const text = (row.textContent + " " + (row.dataset.skills ?? "")).toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  for (const group of document.querySelectorAll(".fields section")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
  if (every) every.open = words.length > 0;
  status.textContent = words.length ? shown + " / " + rows.length : "";
});
