'use strict';

// What several scripts of the book need: the one name that they share.
// biome-ignore lint/correctness/noUnusedVariables: the other scripts use it.
const qabook = Object.freeze({
    /**
     * An element with its class and its children.
     * @template {keyof HTMLElementTagNameMap} Tag
     * @param {Tag} tag
     * @param {string} className
     * @param {(string | Node)[]} children
     */
    make(tag, className, ...children) {
        const element = document.createElement(tag);
        if (className) {
            element.className = className;
        }
        element.append(...children);
        return element;
    },

    /** @type {(element: Element) => boolean} Whether it is wider inside than outside; a pixel is rounding. */
    scrolls: element => element.scrollWidth > element.clientWidth + 1,

    /** @type {(key: string) => string | null | undefined} What the browser keeps; undefined where it keeps nothing. */
    kept(key) {
        try {
            return localStorage.getItem(key);
        } catch {
            return undefined;
        }
    },

    /** @type {(key: string, text: string | null) => boolean} Keeps a text, or none any more; false where that is refused. */
    keep(key, text) {
        try {
            if (text === null) {
                localStorage.removeItem(key);
            } else {
                localStorage.setItem(key, text);
            }
            return true;
        } catch {
            return false;
        }
    },

    /** @type {(card: HTMLElement) => string} The whole program of a card, which may show a part of it. */
    program: card => card.dataset.program ?? card.querySelector('.snippet-code')?.textContent ?? '',

    /** @type {() => HTMLElement[]} The cards of the page. */
    cards: () => [...document.querySelectorAll('.snippet')].filter(card => card instanceof HTMLElement),

    /**
     * Calls `actions[NAME]` for a click on a card's `data-do="NAME"`.
     * @param {Record<string, (card: HTMLElement, event: MouseEvent, button: HTMLElement) => void>} actions
     */
    onCardClick(actions) {
        document.addEventListener('click', event => {
            const button = event.target instanceof Element && event.target.closest('.snippet [data-do]');
            const card = button ? button.closest('.snippet') : null;
            if (button instanceof HTMLElement && card instanceof HTMLElement) {
                actions[button.dataset.do ?? '']?.(card, event, button);
            }
        });
    },
});
