import hub from "../layouts/hub.js";

export const data = {
  pagination: { data: "collections.to", size: 1, alias: "role" },
  permalink: (data) => `/to/${data.role.slug}/`,
};

export const render = hub;
