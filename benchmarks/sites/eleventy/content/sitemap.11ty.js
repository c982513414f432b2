export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

const entry = (address, day) =>
  `<url><loc>${address}</loc>${day ? `<lastmod>${day.toISOString().slice(0, 10)}</lastmod>` : ""}</url>`;

export function render({ site, collections }) {
  const hubs = [...collections.from, ...collections.to].map(
    (role) => entry(`${site.base}/${role.side}/${role.slug}/`),
  );
  const pivots = Object.values(collections.into)
    .flat()
    .map((pivot) => entry(site.base + pivot.url, pivot.data.updated));
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[entry(`${site.base}/`), ...hubs, ...pivots].join("\n")}
</urlset>
`;
}
