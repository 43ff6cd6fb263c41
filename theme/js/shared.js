'use strict';

/** @typedef {{mark: string, at: number}} Mark What the reader says of a question: `known`, `again`, `none`; and when. */
/** @typedef {Record<string, Mark>} Marks By the questions' names. */
/**
 * When a thing to practise comes next; times are milliseconds.
 * @typedef {object} Card
 * @property {number} due When it is due.
 * @property {number} stability In how many days the reader will remember it nine times of ten.
 * @property {number} difficulty From 1 to 10.
 * @property {number} reps How often it was graded.
 * @property {number} lapses How often it was forgotten.
 * @property {number} state 0 new, 1 learning, 2 review, 3 relearning.
 * @property {number} last When it was last graded by its schedule's clock, which never goes back.
 * @property {number} at The same, for merging: of two cards with one name the later is kept.
 * @property {number} [first] When it was first graded as a card; absent where a mark made it.
 * @property {boolean} [again] True when the last grade was `again`.
 */
/** @typedef {{format: string, version: number, cards: Record<string, Card>}} Store Cards by their names. */
/**
 * What progress.js adds to `qabook`, and press.js where the build made pages for it. Whatever changes is told by a `qabook:progress` event of the document.
 * @typedef {object} Progress
 * @property {() => Marks} marks
 * @property {(slug: string, value: string, at: number) => boolean} mark Keeps a mark; false where that lasts only as long
 *   as the page, as for `keepCards`.
 * @property {() => Store} cards
 * @property {(store: Store) => boolean} keepCards Keeps the later of each card.
 * @property {() => string[]} waiting The questions of this book that are marked `again` or due today, in their order.
 * @property {() => {again: number, due: number}} queue How many they are; `due` without those marked `again`.
 * @property {(element: Element) => Promise<unknown>} need Loads what waits until `element` is pressed (press.js); fails where
 *   it can't be had.
 */

/** @type {string | undefined} mdBook's constant, which is no property of `globalThis`. */
// @ts-expect-error: mdBook puts it into every page.
const qabookToRoot = typeof path_to_root === 'undefined' ? undefined : path_to_root;

/** The address of the book's folder. */
const qabookRoot = new URL(qabookToRoot || '.', document.baseURI);

// What several scripts of the book need: the one name that they share.
const qabook = /** @type {<T>(tools: T) => T & Progress} */ (tools => /** @type {any} */ (tools))({
    /**
     * The words of the page, in the language of the book, from the JSON that the build puts into it: under a key a text, or
     * texts by plural form. Several preprocessors have each a block of it, and the page of the whole book has many. No page
     * needs them to be read, so that a missing one is empty.
     * @type {Record<string, string>}
     */
    words: new Proxy(Object.assign({}, ...[...document.querySelectorAll('script[data-qabook="words"]')]
        .map(block => JSON.parse(block.textContent || '{}'))), {
        get: (words, key) => Object.hasOwn(words, key) ? words[key] : '',
    }),

    /**
     * Words with their `{name}` filled in; the number `n` chooses the plural form.
     * @type {(key: string, values?: Record<string, string | number>) => string}
     */
    say(key, values = {}) {
        const word = /** @type {string | Record<string, string>} */ (qabook.words[key]);
        const text = typeof word === 'string' ? word : word[qabook.pluralForm(values.n)] ?? word.other;
        return text.replace(/\{([a-z-]+)\}/g, (place, name) => String(values[name] ?? place));
    },

    /** @type {(n: string | number | undefined) => string} That of a number in the language of the page. */
    pluralForm(n) {
        try {
            return new Intl.PluralRules(document.documentElement.lang).select(Number(n));
        } catch {
            // No language tag.
            return 'other';
        }
    },

    /**
     * The name of the book for what browsers keep: two books on one host don't meet. `qabook build` writes it into the page,
     * the preprocessor `questions` below its text; without both the folder of the book tells it from others.
     * @type {string}
     */
    storage: document.documentElement.dataset.storage
        ?? JSON.parse(document.querySelector('script[data-qabook="storage"]')?.textContent || 'null')
        ?? qabookRoot.pathname,

    /** @type {(now: number) => number} The end of the reader's day. */
    endOfDay: now => new Date(now).setHours(24, 0, 0, 0),

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
            // What theme/head.hbs puts in the place of one that is refused is none.
            return localStorage instanceof Storage ? localStorage.getItem(key) : undefined;
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

    /** @type {() => HTMLElement[]} The cards of programs on the page. */
    snippets: () => [...document.querySelectorAll('.snippet')].filter(card => card instanceof HTMLElement),

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
