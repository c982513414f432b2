// Makes the explorer nicer: a field that narrows the pivots of this page. Everything works without.
const section = document.querySelector("[data-filter]");
const cards = [...section.querySelectorAll(".card")];
const label = document.createElement("label");
label.className = "filter";
label.append(section.dataset.filter + " ");
const field = document.createElement("input");
field.type = "search";
field.placeholder = section.dataset.hint;
label.append(field);
const status = document.createElement("output");
status.className = "meta";
label.append(status);
section.querySelector("h2").after(label);
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const card of cards) {
    const text = (card.textContent + " " + card.dataset.skills).toLowerCase();
    card.hidden = !words.every((word) => text.includes(word));
    shown += card.hidden ? 0 : 1;
  }
  status.textContent = words.length ? shown + " / " + cards.length : "";
});
