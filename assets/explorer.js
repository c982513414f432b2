// Makes the explorer nicer: a field that narrows its roles and pivots. Everything works without.
const section = document.querySelector("[data-filter]");
const every = document.querySelector(".every");
const rows = [...document.querySelectorAll(".fields li, .every li")];
const label = document.createElement("label");
label.className = "filter";
label.append(section.dataset.filter + " ");
const field = document.createElement("input");
field.type = "search";
label.append(field);
const status = document.createElement("p");
status.className = "meta";
status.setAttribute("role", "status");
section.querySelector("h2").after(label, status);
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
