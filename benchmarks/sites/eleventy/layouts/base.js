const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => String(text).replace(/[&<>"]/g, (one) => escapes[one]);

export function base({ site, page }, title, description, main) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · ${site.name}</title>
<meta name="description" content="${escape(description)}">
<link rel="canonical" href="${site.base}${page.url}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${site.name}">
<meta property="og:title" content="${escape(title)}">
<meta property="og:description" content="${escape(description)}">
<meta property="og:url" content="${site.base}${page.url}">
<link rel="stylesheet" href="${site.assets.style}">
<link rel="icon" href="${site.assets.icon}" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top"><a class="brand" href="/">${site.name}</a>
<nav aria-label="Main navigation"><ul class="links"><li><a href="/">Roles</a></li></ul></nav></header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot"><p>Transition windows are editorial estimates, not promises.</p></footer>
</body>
</html>
`;
}
