// mdBook's elements of the search box. A page without a box has none of them: `box` is null there.

/** @param {string} name */
const element = (name) => /** @type {HTMLElement} */ (document.getElementById(`mdbook-search${name}`));

export const wrapper = element('-wrapper');
export const box = /** @type {HTMLInputElement | null} */ (element('bar'));
export const toggle = element('-toggle');
export const outer = element('results-outer');
export const header = element('results-header');
export const list = element('results');
