export const data = { permalink: "/robots.txt", eleventyExcludeFromCollections: true };

export const render = ({ site }) => `User-agent: *\nAllow: /\nSitemap: ${site.base}/sitemap.xml\n`;
