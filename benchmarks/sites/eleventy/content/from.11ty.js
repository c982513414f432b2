import hub from "../layouts/hub.js";

export const data = {
  pagination: { data: "collections.from", size: 1, alias: "role" },
  permalink: (data) => `/from/${data.role.slug}/`,
};

export const render = hub;
