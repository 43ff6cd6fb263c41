// What a search found, as elements: a group of links for each page.
import { fold, hits, root } from './search-index.js';
import { words } from './search-words.js';

/** @import { Page } from './search.js' */

const TEASER = 90;

/** Words with values in the places of `{name}`; `n` chooses the plural form.
 * @param {string} key @param {Record<string, any>} values @returns {string} */
export const say = (key, values = {}) => {
    let text = /** @type {any} */ (words[key]);
    if (text.other) {
        let form = '';
        try {
            form = new Intl.PluralRules(document.documentElement.lang).select(values.n);
        } catch {
            // No language tag.
        }
        text = text[form] ?? text.other;
    }
    return text.replace(/{(\w+)}/g, (/** @type {string} */ _, /** @type {string} */ name) => values[name]);
};

/** An element with its class and its children.
 * @template {keyof HTMLElementTagNameMap} Name @param {Name} name @param {string} className @param {(string | Node)[]} children */
export const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
};

/** Options that belong together. @param {string} label @param {(string | Node)[]} children */
export const group = (label, ...children) => {
    const options = make('div', '', ...children);
    options.setAttribute('role', 'group');
    options.setAttribute('aria-label', label);
    const element = make('li', '', options);
    element.setAttribute('role', 'presentation');
    return element;
};

/** A link that the arrow keys reach. @param {string} className @param {string} href @param {(string | Node)[]} children */
export const option = (className, href, ...children) => {
    const link = make('a', className, ...children);
    link.setAttribute('role', 'option');
    link.href = href;
    return link;
};

/** `text` from the first place with most of `sought`, each marked. @param {string} text @param {string[]} sought @param {number} length */
const teaser = (text, sought, length) => {
    const { text: folded, places } = fold(text);
    const marked = sought.flatMap((word) => hits(folded, word)).map(([from, to]) => [places[from], places[to]]);
    marked.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    // From the longest hit: the phrase, or its longest word.
    const [best] = [...marked].sort((a, b) => b[1] - b[0] - a[1] + a[0]);
    let start = best && best[0] > length / 3 ? best[0] - 15 : 0;
    // Not in the middle of a word.
    while (start > 0 && /\w\w/.test(text.slice(start - 1, start + 1))) start--;
    const end = Math.min(text.length, start + length);
    /** @type {(string | Node)[]} */
    const pieces = [start ? '…' : ''];
    let at = start;
    for (const [from, to] of marked) {
        if (from < at || to > end) continue;
        pieces.push(text.slice(at, from), make('mark', '', text.slice(from, to)));
        at = to;
    }
    return [...pieces, text.slice(at, end), end < text.length ? '…' : ''];
};

/** @param {Page} page */
export const item = ({ document, address, title, sections }) => {
    const sought = [...new Set(sections.flatMap((one) => one.words))];
    const link = (/** @type {string} */ anchor) =>
        `${root}${address}?highlight=${encodeURIComponent(sought.join(' '))}${anchor && `#${encodeURIComponent(anchor)}`}`;
    const entries = sections.map((section) => {
        const own = section.heading !== title;
        return option('search-section', link(own ? section.anchor : ''),
            make('span', 'search-heading', ...(own ? teaser(section.heading, section.words, Infinity) : [])),
            make('span', 'teaser', ...teaser(section.text.replace(/\n/g, ' '), section.words, TEASER)));
    });
    const element = group(title, option('search-page', link(''), ...teaser(title, sought, Infinity)), ...entries);
    element.dataset.document = String(document);
    return element;
};
