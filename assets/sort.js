// Lets a click on a heading sort a table of moves. Without it the rows stay in the order of their names.
for (const table of document.querySelectorAll(".moves")) {
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.months ? cell.dataset.months.split(" ").map(Number) : [cell.textContent.trim()];
  };
  const compare = (a, b) => {
    for (const [at, value] of a.entries()) {
      const order = typeof value === "number" ? value - b[at] : value.localeCompare(b[at]);
      if (order) return order;
    }
    return 0;
  };
  table.classList.add("sortable");
  heads[0].setAttribute("aria-sort", "ascending");
  for (const [at, head] of heads.slice(0, 2).entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(key(a, at), key(b, at)));
      body.append(...(down ? rows.reverse() : rows));
    });
  }
}
for (const list of document.querySelectorAll(".quickest")) list.hidden = true;
