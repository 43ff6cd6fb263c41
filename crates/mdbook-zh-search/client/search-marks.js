// Marks what was searched for on the page that a result leads to: `?highlight=WORD WORD`. Only such a page loads this.

import { fold, hits } from './search-index.js';

const NAME = 'zh-search';
// Older browsers have none.
const registry = /** @type {HighlightRegistry | undefined} */ (globalThis.CSS?.highlights);
const content = document.getElementById('mdbook-content')?.querySelector('main');

/** Ranges of `words` in the page, over the borders of its elements. @param {string[]} words @param {Node} root */
const ranges = (words, root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const nodes = [];
    /** @type {number[]} */
    const starts = [];
    let text = '';
    while (walker.nextNode()) {
        const node = /** @type {Text} */ (walker.currentNode);
        starts.push(text.length);
        nodes.push(node);
        text += node.data;
    }
    const { text: folded, places } = fold(text);
    /** @param {number} place */
    const point = (place) => {
        let i = starts.length - 1;
        while (starts[i] > place) i--;
        return /** @type {[Text, number]} */ ([nodes[i], place - starts[i]]);
    };
    const found = [];
    for (const word of words.map((one) => fold(one).text).filter(Boolean)) {
        for (const [from, to] of hits(folded, word)) {
            const range = document.createRange();
            range.setStart(...point(places[from]));
            const [node, end] = point(places[to] - 1);
            range.setEnd(node, end + 1);
            found.push(range);
        }
    }
    return found.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
};

export const clear = () => {
    registry?.delete(NAME);
    for (const mark of document.querySelectorAll(`mark.${NAME}`)) {
        mark.replaceWith(...mark.childNodes);
        content?.normalize();
    }
};

export const mark = () => {
    const words = new URLSearchParams(location.search).get('highlight')?.split(' ').slice(0, 20);
    if (!words || !content) return;
    const found = ranges(words, content);
    if (registry) registry.set(NAME, new Highlight(...found));
    else {
        // From the end, so that the ranges before stay true; one within a single text node only.
        for (const range of [...found].reverse()) {
            if (range.startContainer !== range.endContainer || range.startContainer.parentElement?.closest('svg')) continue;
            const element = document.createElement('mark');
            element.className = NAME;
            range.surroundContents(element);
        }
    }
    if (!location.hash) found[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    addEventListener('keydown', (event) => event.key === 'Escape' && clear());
};
