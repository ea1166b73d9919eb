// The queries that were asked in this window, newest first. Where the browser keeps nothing, there are none.

const KEY = "sco-graph-queries";
const MOST = 30;

export const earlier = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
};

export const remember = (query) => {
  try {
    const kept = [query, ...earlier().filter((other) => other !== query)].slice(0, MOST);
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage only costs the list.
  }
};
