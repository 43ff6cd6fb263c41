// What stands around the results: what to ask in an empty box, what the chosen page says, and what assistive technology is told.
import { open, root, stretch, textFileOf } from './search-index.js';

/** Books share the storage of their host: each has a key of its own. */
const KEY = `zh-search-recent:${new URL(root).pathname}`;
const RECENT_MAX = 4;
const POPULAR_MAX = 6;
/** Characters of a page that are shown. */
const PREVIEW_MAX = 240;

/** What this reader asked and then read, the last first. Storage may be blocked, or hold anything. @returns {string[]} */
const recent = () => {
    try {
        const kept = JSON.parse(localStorage.getItem(KEY) ?? '');
        return kept.filter((/** @type {unknown} */ one) => one && typeof one === 'string').slice(0, RECENT_MAX);
    } catch {
        return [];
    }
};

const remember = (/** @type {string[]} */ texts) => {
    try {
        localStorage.setItem(KEY, JSON.stringify([...new Set(texts)].slice(0, RECENT_MAX)));
    } catch {
        // It is a convenience.
    }
};

/** A few of `texts`, others each time. @param {string[]} texts */
const some = (texts) => {
    const left = [...texts];
    const taken = [];
    while (left.length && taken.length < POPULAR_MAX) taken.push(...left.splice(Math.floor(Math.random() * left.length), 1));
    return taken;
};

/** The first sentences of a page, as many as there is room for. @param {string} text */
const beginning = (text) => {
    const lines = [];
    let room = PREVIEW_MAX;
    for (const line of text.split('\n')) {
        if (room <= 0) break;
        lines.push(line.length > room ? `${line.slice(0, room)}…` : line);
        room -= line.length;
    }
    return lines;
};

/** Shows in `outer` what the page of a result says first; nothing where there is no result, or no room for it.
 * @param {HTMLElement} outer @param {Element | null | undefined} result */
const preview = async (outer, result) => {
    const of = matchMedia('(min-width: 1080px)').matches ? result?.closest('li')?.dataset.document : undefined;
    const known = /** @type {HTMLElement | null} */ (outer.querySelector('.search-preview'));
    if (known && known.dataset.document === of) return;
    known?.remove();
    outer.classList.toggle('with-preview', of !== undefined);
    if (of === undefined) return;
    const place = Object.assign(document.createElement('div'), { className: 'search-preview' });
    place.dataset.document = of;
    outer.append(place);
    const [, , title, , texts] = await stretch(Number(of), textFileOf(Number(of), 0));
    for (const text of [title, ...beginning(texts[0][2])]) {
        place.append(Object.assign(document.createElement('p'), { textContent: text }));
    }
};

/** A text field that chooses from a list, as assistive technology knows it.
 * @param {HTMLInputElement} box @param {HTMLElement} list */
const describe = (box, list) => {
    // A search field may be no combobox.
    box.type = 'text';
    box.removeAttribute('aria-describedby');
    /** @type {[HTMLElement, Record<string, string>][]} */
    const attributes = [
        [box, { role: 'combobox', inputmode: 'search', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id }],
        [list, { role: 'listbox' }],
    ];
    for (const [element, values] of attributes) {
        element.setAttribute('aria-label', box.placeholder);
        for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    }
};

/**
 * @param {{ box: HTMLInputElement, header: HTMLElement, list: HTMLElement, outer: HTMLElement,
 *     labels: [recent: string, popular: string, forget: string], fill: (groups: Node[]) => void,
 *     questions: (label: string, texts: string[]) => Node,
 *     offer: (label: string, act: () => void) => void, choose: (link: HTMLElement) => void, leave: () => void }} parts of the box
 */
export const attach = ({ box, header, list, outer, labels: [before, popular, forget], questions, fill, offer, choose, leave }) => {
    /** Fills the list of an empty box. */
    const suggest = async () => {
        const { asked = [] } = await open();
        if (box.value.trim()) return;
        const known = recent();
        const lists = /** @type {[string, string[]][]} */ ([[before, known], [popular, some(asked)]]).filter(([, texts]) => texts.length);
        header.textContent = '';
        fill(lists.map(([label, texts]) => questions(label, texts)));
        outer.classList.toggle('hidden', !lists.length);
        if (!known.length) return;
        offer(forget, () => {
            remember([]);
            box.focus();
            suggest();
        });
    };
    list.addEventListener('click', (event) => {
        const link = /** @type {Element} */ (event.target).closest('a');
        if (link && link.className !== 'search-question') remember([box.value.trim(), ...recent()]);
        else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            box.value = link.textContent ?? '';
            box.focus();
            box.dispatchEvent(new InputEvent('input'));
        }
    });
    list.addEventListener('pointermove', (event) => {
        const link = /** @type {Element} */ (event.target).closest('a');
        if (link && !link.hasAttribute('aria-selected')) choose(link);
    });
    // The box lies over the page: whoever goes on with the page is done with it.
    document.addEventListener('pointerdown', ({ target }) => {
        const inside = /** @type {Element} */ (target).closest('#mdbook-search-wrapper, #mdbook-search-toggle');
        if (!inside && box.offsetParent) leave();
    });
    describe(box, list);
    return { suggest, preview: (/** @type {Element | null | undefined} */ result) => preview(outer, result) };
};
