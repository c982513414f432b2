// Offers a reader the page in a language that the browser asks for; it never leads there by itself.
const links = [...document.querySelectorAll(".languages a")];
const current = links.find((link) => link.ariaCurrent ?? link.hasAttribute("aria-current"));
const KEY = "language-offer";

// The link that fits the first language of the browser that the site has.
function wanted() {
  for (const asked of navigator.languages ?? []) {
    const code = asked.toLowerCase();
    const exact = links.find((link) => link.hreflang.toLowerCase() === code);
    const near = links.find((link) => link.hreflang.toLowerCase().split("-")[0] === code.split("-")[0]);
    if (exact ?? near) return exact ?? near;
  }
  return null;
}

function declined() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return "no storage";
  }
}

const link = wanted();
if (link && current && link !== current && !declined()) {
  const offer = document.createElement("aside");
  offer.ariaLabel = link.dataset.offer;
  offer.className = "language-offer";
  offer.lang = link.hreflang;
  offer.dir = link.dir;
  const accept = document.createElement("a");
  accept.href = link.href;
  accept.hreflang = link.hreflang;
  accept.textContent = link.dataset.offer;
  const decline = document.createElement("button");
  decline.type = "button";
  decline.textContent = link.dataset.decline;
  decline.addEventListener("click", () => {
    localStorage.setItem(KEY, "no");
    offer.remove();
  });
  offer.append(accept, " ", decline);
  document.querySelector("main").before(offer);
}
