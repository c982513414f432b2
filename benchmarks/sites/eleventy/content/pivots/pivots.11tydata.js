export default {
  layout: "pivot.11ty.js",
  permalink: (data) => `/pivots/${data.page.fileSlug}/`,
};
