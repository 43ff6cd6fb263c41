'use strict';

/**
 * Answering by writing the output.
 * @implements {OutputsMode}
 */
// biome-ignore lint/correctness/noUnusedVariables: outputs.js uses it.
class OutputsWrite {
    #field = qabook.make('textarea', 'outputs-field');

    /**
     * @param {PracticeCard} card
     * @param {() => void} submit
     */
    constructor(card, submit) {
        const { make, words } = qabook;
        this.element = make('label', 'outputs-write', make('span', 'outputs-label', words['outputs-field']), this.#field);
        Object.assign(this.#field, { rows: 4, maxLength: 20000, spellcheck: false, autocapitalize: 'off', translate: false });
        this.#field.addEventListener('keydown', event => {
            if (event.isComposing) {
                return;
            }
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                submit();
            } else if (event.key === 'Escape') {
                card.element.focus({ preventScroll: true });
            }
        });
    }

    lines() {
        return qabookLines.of(this.#field.value);
    }

    problem() {
        return this.lines().length > 0 ? undefined : qabook.words['outputs-nothing'];
    }

    reset() {
        this.#field.value = '';
    }
}
