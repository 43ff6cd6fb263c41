// The search box: mdBook's own elements, keys and address parameters, with results by chapter. search-start.js has opened it.
import { box, header, outer, toggle, wrapper } from './search-elements.js';
import { fold, hits, onDemand, open, root } from './search-index.js';
import { QUERY_MAX, search } from './search.js';
import { words } from './search-words.js';

/** @import { Answer, Page } from './search.js' */

const form = /** @type {HTMLElement} */ (document.getElementById('mdbook-searchbar-outer'));
const list = /** @type {HTMLElement} */ (document.getElementById('mdbook-searchresults'));
const PAGES = 6;
const WAIT_MS = 120;
const TEASER = 90;

/** Words with values in the places of `{name}`; `n` chooses the plural form.
 * @param {string} key @param {Record<string, any>} values @returns {string} */
const say = (key, values = {}) => {
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
const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
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
const item = ({ address, title, sections }) => {
    const sought = [...new Set(sections.flatMap((one) => one.words))];
    const link = (/** @type {string} */ anchor) =>
        `${root}${address}?highlight=${encodeURIComponent(sought.join(' '))}${anchor && `#${encodeURIComponent(anchor)}`}`;
    const entries = sections.map((section) => {
        const own = section.heading !== title;
        const anchor = make('a', 'search-section', make('span', 'search-heading', ...(own ? teaser(section.heading, section.words, Infinity) : [])),
            make('span', 'teaser', ...teaser(section.text.replace(/\n/g, ' '), section.words, TEASER)));
        anchor.href = link(own ? section.anchor : '');
        return anchor;
    });
    const first = make('a', 'search-page', ...teaser(title, sought, Infinity));
    first.href = link('');
    return make('li', '', first, ...entries);
};

let asked = '';
let limit = PAGES;
const offer = (/** @type {string} */ label, /** @type {() => void} */ act) => {
    const button = make('button', 'search-more', label);
    button.onclick = act;
    list.append(make('li', '', button));
};

/** What is said above the results. @param {Answer} answer @returns {string} */
const summary = ({ pages, more, notes, missing, cut }) => {
    const count = more ? say('found-more', { n: pages.length + more, shown: pages.length }) : say('found', { n: pages.length });
    const quoted = missing.map((word) => say('quoted', { word })).join(say('comma'));
    const said = pages.length
        ? [count, ...notes.map(([from, to]) => to && say('replaced', { from, to })), quoted && say('missing', { words: quoted })]
        : [say('found-nothing')];
    return [...said, cut ? say('cut', { n: QUERY_MAX }) : ''].filter(Boolean).join(say('semicolon'));
};

const show = (/** @type {Answer} */ answer) => {
    const { pages, more } = answer;
    header.textContent = summary(answer);
    list.replaceChildren(...pages.map(item));
    if (!pages.length) list.append(make('li', 'search-help', say('help')));
    if (more) {
        offer(say('more'), () => {
            limit += PAGES;
            run(() => list.children[pages.length]?.querySelector('a')?.focus());
        });
    }
};

const failed = () => {
    header.textContent = say('no-index');
    list.replaceChildren();
    offer(say('reload'), () => location.reload());
};

/** Searches for what the box holds. @param {() => void} [after] */
const run = (after) => {
    const text = asked;
    form.classList.add('searching');
    /** @template T @param {(result: T) => void} then @returns {(result: T) => void} */
    const current = (then) => (result) => {
        // An answer to an older query comes too late.
        if (text !== asked) return;
        form.classList.remove('searching');
        outer.classList.remove('hidden');
        then(result);
        after?.();
    };
    search(text, limit).then(current(show), current(failed));
};

const address = (/** @type {string} */ text) => {
    const url = new URL(location.href);
    url.searchParams.delete('highlight');
    if (text) url.searchParams.set('search', text);
    else url.searchParams.delete('search');
    try {
        history.replaceState(null, '', url);
    } catch {
        // A page from file:// may not.
    }
};

/** Takes the marks off the page that a result led to. */
let clearMarks = () => {};

const changed = () => {
    const text = box?.value.trim() ?? '';
    if (text === asked) return;
    [asked, limit] = [text, PAGES];
    address(text);
    clearMarks();
    if (text) {
        run();
        return;
    }
    form.classList.remove('searching');
    outer.classList.add('hidden');
};

const close = () => {
    wrapper.classList.add('hidden');
    toggle.setAttribute('aria-expanded', 'false');
    address('');
    toggle.focus();
};

let timer = 0;
const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, WAIT_MS);
};

const keys = (/** @type {KeyboardEvent} */ event) => {
    // 229: a key that an input method has taken, where `isComposing` isn't set yet.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('a, button')]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const inside = wrapper.contains(document.activeElement);
    const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
    if (event.key === 'Escape' && !wrapper.classList.contains('hidden')) close();
    else if (inside && step && links.length) (links[at + step] ?? (at + step < 0 ? box : links[at]))?.focus();
    else if (event.key === 'Enter' && document.activeElement === box) {
        changed();
        links[0]?.click();
    } else {
        // mdBook turns pages by these.
        if (inside && /^Arrow(Left|Right)$/.test(event.key)) event.stopPropagation();
        return;
    }
    event.preventDefault();
    event.stopPropagation();
};

if (box) {
    if (new URLSearchParams(location.search).has('highlight')) {
        const mark = async () => {
            const marks = await onDemand('marks');
            clearMarks = marks.clear;
            marks.mark();
        };
        mark().catch(() => {});
    }
    // What an input method is still composing is no query.
    box.addEventListener('input', (event) => {
        if (!(/** @type {InputEvent} */ (event).isComposing)) soon();
    });
    // Nor does it join what was typed just before it.
    box.addEventListener('compositionstart', () => clearTimeout(timer));
    box.addEventListener('compositionend', soon);
    form.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('keydown', keys, true);
    const ready = () => {
        open().catch(() => {});
    };
    addEventListener('zh-search-open', ready);
    addEventListener('zh-search-close', close);
    if (!wrapper.classList.contains('hidden')) ready();
}
