'use strict';

// Guess the output: the reader says what a program prints, by writing it or by putting its lines in order; or which error the
// compiler reports. An answer is compared with the record, line by line.
{
    const { place, kind } = qabookDeck;
    const { make, words } = qabook;
    const KEY = `${qabook.storage}:outputs`;

    // A phone's keyboard makes writing hard work.
    const preferred = () => qabook.kept(KEY) ?? (matchMedia('(pointer: coarse)').matches ? 'order' : 'write');

    /** Chooses one of the ways to answer. @type {(card: PracticeCard, names: string[], use: (name: string) => void) => HTMLElement} */
    const modeSwitch = (card, names, use) => {
        const group = make('div', 'outputs-modes', ...names.map(value => {
            const input = make('input', '');
            Object.assign(input, { type: 'radio', name: `mode-${card.id}`, value });
            input.addEventListener('change', () => {
                qabook.keep(KEY, value);
                use(value);
            });
            return make('label', '', input, words[`outputs-${value}`]);
        }));
        Object.assign(group, { role: 'radiogroup', ariaLabel: words['outputs-mode'], hidden: names.length < 2 });
        return group;
    };

    /** What the reader does with a card that prints something; returns how it begins anew. @param {PracticeCard} card */
    const guess = card => {
        const status = make('p', 'outputs-status');
        status.role = 'status';
        const say = (/** @type {string} */ message) => {
            status.textContent = message;
        };
        let mode = '';
        const submit = () => {
            const problem = modes[mode].problem();
            say(problem ?? '');
            if (problem === undefined) {
                form.hidden = true;
                qabookResult.compare(card, modes[mode].lines());
            }
        };
        const record = qabookResult.record(card);
        /** @type {Record<string, OutputsMode>} Lines that are all the same have no order. */
        const modes = {
            write: new OutputsWrite(card, submit),
            ...record.some(line => line !== record[0]) && { order: new OutputsOrder(record, card.id, say) },
        };
        const use = (/** @type {string} */ chosen) => {
            mode = modes[chosen] ? chosen : 'write';
            for (const [name, { element }] of Object.entries(modes)) {
                element.hidden = name !== mode;
            }
            say('');
        };
        const compare = OutputsOrder.button('outputs-compare', words['outputs-compare']);
        compare.addEventListener('click', submit);
        const form = make('div', 'outputs-form', modeSwitch(card, Object.keys(modes), use),
            ...Object.values(modes).map(({ element }) => element), compare, status);
        card.answer.before(form);
        return () => {
            for (const way of Object.values(modes)) {
                way.reset();
            }
            use(preferred());
            for (const input of form.querySelectorAll('input')) {
                input.checked = input.value === mode;
            }
            form.hidden = false;
        };
    };

    /** @type {(item: Element | null | undefined, word: string) => void} */
    const mark = (item, word) => item?.append(make('span', 'outputs-mark', words[word]));

    /** The same for a program that doesn't compile: its errors become buttons. @type {(card: PracticeCard, list: HTMLElement) => () => void} */
    const choose = (card, list) => {
        const buttons = [...list.children].map(item => {
            const button = OutputsOrder.button('outputs-choice', item.firstElementChild ?? '');
            button.addEventListener('click', () => {
                const right = item.matches('[data-right]');
                mark(right ? null : item, 'outputs-chosen');
                mark(list.querySelector('[data-right]'), 'outputs-correct');
                for (const other of buttons) {
                    other.disabled = true;
                }
                qabookResult.tell(card, right);
            });
            item.append(button);
            return button;
        });
        return () => {
            for (const mark of list.querySelectorAll('.outputs-mark')) {
                mark.remove();
            }
            for (const button of buttons) {
                button.disabled = false;
            }
        };
    };

    /** The captions as buttons: the programs of all cards but the current one are folded away. @type {Map<PracticeCard, HTMLElement>} */
    const captions = new Map();
    /** @param {PracticeCard} card */
    const fold = card => {
        const caption = card.element.querySelector('.outputs-caption');
        const button = OutputsOrder.button('outputs-open', make('span', '', ...caption?.childNodes ?? []));
        button.addEventListener('click', () => card === qabookDeck.current || qabookDeck.move(card));
        caption?.append(button);
        captions.set(card, button);
    };

    /** How the cards that were shown begin anew. @type {Map<PracticeCard, () => void>} */
    const resets = new Map();
    const show = () => {
        const card = qabookDeck.current;
        for (const [one, button] of captions) {
            button.ariaExpanded = String(one === card);
            // It can't be folded: another is shown in its place.
            button.ariaDisabled = button.ariaExpanded;
        }
        if (card && !resets.has(card)) {
            const code = card.element.querySelector('.hl');
            code?.dispatchEvent(new CustomEvent('snippet:paint', { bubbles: true, detail: code.textContent?.trimEnd() }));
            const list = card.element.querySelector('.outputs-choices');
            const reset = list instanceof HTMLElement ? choose(card, list) : guess(card);
            reset();
            resets.set(card, reset);
        }
    };

    if (place && kind === 'outputs') {
        qabookDeck.cards.forEach(fold);
        place.dataset.folds = '';
        place.addEventListener('practice:change', show);
        place.addEventListener('practice:deal', () => {
            for (const [card, reset] of resets) {
                reset();
                qabookResult.clear(card);
            }
        });
    }
}
