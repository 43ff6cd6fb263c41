'use strict';

/**
 * A way to say what a program prints.
 * @typedef {object} OutputsMode
 * @property {HTMLElement} element
 * @property {() => string[]} lines The answer so far.
 * @property {() => string | undefined} problem Why it can't be compared yet, if it can't.
 * @property {() => void} reset
 */
/** @typedef {{line: string, element: HTMLLIElement, place: HTMLButtonElement}} OutputsItem A line that is moved about. */

/**
 * Answering by putting the lines of the record, shuffled, in the order in which they were printed.
 * @implements {OutputsMode}
 */
// biome-ignore lint/correctness/noUnusedVariables: outputs.js uses it.
class OutputsOrder {
    /** @type {(line: string) => string} How a line is named. */
    static nameOf = line => line || qabook.words['outputs-blank'];

    /** @type {(className: string, inside: string | Node) => HTMLButtonElement} */
    static button(className, inside) {
        const element = qabook.make('button', className, inside);
        element.type = 'button';
        return element;
    }

    #pool = qabook.make('ul', 'outputs-pool');
    #yours = qabook.make('ol', 'outputs-yours');
    #items;
    #tell;

    /**
     * @param {string[]} record
     * @param {string} seed What the order of the shuffled lines follows from.
     * @param {(message: string) => void} tell
     */
    constructor(record, seed, tell) {
        this.#tell = tell;
        this.#items = qabookLines.shuffled(record, seed).map(line => this.#item(line));
        const { words, make } = qabook;
        const list = (/** @type {HTMLElement} */ element, /** @type {string} */ name) => {
            element.ariaLabel = name;
            return make('div', 'outputs-list', make('p', 'outputs-label', name), element);
        };
        this.element = make('div', 'outputs-order', make('p', 'outputs-hint', words['outputs-how']),
            list(this.#yours, words['outputs-yours']), list(this.#pool, words['outputs-pool']));
        this.reset();
    }

    lines() {
        return this.#placed().map(({ line }) => line);
    }

    problem() {
        const n = this.#left().length;
        return n > 0 ? qabook.say('outputs-left', { n }) : undefined;
    }

    reset() {
        this.#pool.append(...this.#items.map(({ element }) => element));
    }

    #placed() {
        return [...this.#yours.children].flatMap(child => this.#items.find(({ element }) => element === child) ?? []);
    }

    #left() {
        return this.#items.filter(({ element }) => element.parentElement !== this.#yours);
    }

    /** A button that places the line or takes it back, and one that moves it up. @param {string} line */
    #item(line) {
        const text = qabook.make('samp', line ? '' : 'outputs-blank', OutputsOrder.nameOf(line));
        text.translate = false;
        const place = OutputsOrder.button('outputs-line', text);
        const up = OutputsOrder.button('outputs-up', '↑');
        up.ariaLabel = qabook.say('outputs-up', { line: OutputsOrder.nameOf(line) });
        const item = { line, place, element: qabook.make('li', '', place, up) };
        place.addEventListener('click', ({ detail }) => {
            if (item.element.parentElement === this.#yours) {
                this.#takeBack(item);
            } else {
                // A click by keyboard has no detail: then the page follows the focus.
                this.#place(item, detail === 0);
            }
        });
        up.addEventListener('click', () => this.#move(item, -1));
        item.element.addEventListener('keydown', event => {
            const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            if (steps && item.element.parentElement === this.#yours) {
                event.preventDefault();
                this.#move(item, steps);
            }
        });
        return item;
    }

    /**
     * The focus goes on to the next line to place, after the last to the button that compares.
     * @param {OutputsItem} item
     * @param {boolean} scrolls
     */
    #place(item, scrolls) {
        const at = this.#left().indexOf(item);
        this.#yours.append(item.element);
        const next = this.#left()[at] ?? this.#left().at(-1);
        const compare = this.element.parentElement?.querySelector('.outputs-compare');
        const focused = next?.place ?? compare;
        if (focused instanceof HTMLElement) {
            focused.focus({ preventScroll: !scrolls });
        }
        this.#say('outputs-placed', item);
    }

    /** @param {OutputsItem} item */
    #takeBack(item) {
        item.element.remove();
        this.#pool.append(...this.#left().map(({ element }) => element));
        item.place.focus();
        this.#say('outputs-back', item);
    }

    /**
     * @param {OutputsItem} item
     * @param {number} steps
     */
    #move(item, steps) {
        const other = this.#placed()[this.#placed().indexOf(item) + steps];
        if (other) {
            const focused = document.activeElement;
            other.element[steps < 0 ? 'before' : 'after'](item.element);
            // The first line has no button to go up.
            const shown = focused instanceof HTMLElement && focused.checkVisibility({ visibilityProperty: true }) ? focused : item.place;
            shown.focus();
            this.#say('outputs-moved', item);
        }
    }

    /**
     * @param {string} word
     * @param {OutputsItem} item
     */
    #say(word, item) {
        const n = this.#placed().indexOf(item) + 1;
        this.#tell(qabook.say(word, { n, line: OutputsOrder.nameOf(item.line) }));
    }
}
