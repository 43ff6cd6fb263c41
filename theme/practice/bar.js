'use strict';

// The bar below the cards, within the reach of a thumb: how far one is, and what can be done with the current card.
{
    const { place, kind } = qabookDeck;
    const drill = ['statements', 'outputs'].includes(kind);

    /** What can be done now. @returns {string} */
    const phase = () => {
        const card = qabookDeck.current;
        if (!card || qabookDeck.ended) {
            return card ? 'end' : 'empty';
        }
        if (!card.answer.open) {
            return kind === 'statements' && !card.told ? 'ask' : 'closed';
        }
        return card.told ? 'told' : 'open';
    };

    /** @param {string} grade */
    const of = grade => qabookDeck.round.filter(card => card.grade === grade);
    /** @param {Event | CustomEvent} event */
    const send = event => place?.dispatchEvent(event);

    /** @param {boolean} right */
    const grade = right => {
        const card = qabookDeck.current;
        if (card && !card.told && !qabookDeck.ended) {
            qabookGrades.grade(card, right);
            qabookDeck.advance();
            say(true);
        }
    };

    /** @param {number} steps */
    const step = steps => {
        qabookDeck.step(steps);
        say(true);
    };

    /** @param {PracticeCard[]} cards */
    const restart = cards => {
        qabookDeck.deal(cards);
        qabookDeck.move(cards[0]);
        say(true);
    };

    /** What the buttons do, by their values; the keys, too. @type {Record<string, () => void>} */
    const actions = {
        show: () => {
            qabookDeck.open(true);
            say(false);
        },
        hide: () => qabookDeck.open(false),
        known: () => grade(true),
        again: () => grade(false),
        true: () => send(new CustomEvent('practice:judge', { detail: true })),
        false: () => send(new CustomEvent('practice:judge', { detail: false })),
        forward: () => {
            qabookDeck.advance();
            say(true);
        },
        next: () => step(1),
        previous: () => step(-1),
        repeat: () => restart(of('again')),
        restart: () => restart(qabookDeck.round),
    };

    /** @type {(value: string, name: string, key?: string) => HTMLButtonElement} */
    const button = (value, name, key) => {
        const element = qabook.make('button', `practice-do practice-${value}`, name);
        element.type = 'button';
        element.value = value;
        if (key) {
            const hint = qabook.make('kbd', '', key);
            hint.ariaHidden = 'true';
            element.append(' ', hint);
        }
        return element;
    };

    /** @type {Record<string, string[]>} By the phase. */
    const BUTTONS = {
        closed: ['previous', 'show', 'next'],
        open: ['previous', 'known', 'again', 'next'],
        ask: ['previous', 'true', 'false', 'next'],
        told: ['previous', 'forward'],
        end: ['repeat', 'restart'],
        empty: [],
    };
    const { words } = qabook;
    const buttons = [
        button('previous', '‹'), button('show', words['show-answer'], words.space),
        button('known', words.known, '1'), button('again', words.again, '2'),
        button('true', words.true, '1'), button('false', words.false, '2'),
        button('forward', words.next, words.space), button('next', '›'),
        button('repeat', ''), button('restart', words.restart),
    ];
    const named = (/** @type {string} */ value) => buttons.find(element => element.value === value);

    const line = qabook.make('div', 'practice-line');
    const where = qabook.make('span', 'practice-where');
    const counts = qabook.make('span', 'practice-counts');
    const status = qabook.make('p', 'practice-status');
    const row = qabook.make('div', 'practice-buttons', ...buttons);
    const bar = qabook.make('div', 'practice-bar', line, qabook.make('p', 'practice-score', where, counts), row, status);

    const result = () => ({ known: of('known').length, again: of('again').length });
    const placeOf = () => {
        const card = qabookDeck.current;
        return { n: card ? qabookDeck.round.indexOf(card) + 1 : 0, of: qabookDeck.round.length };
    };

    /**
     * What is seen of some elements. An answer of many lines is better read in the page.
     * @param {Iterable<Element>} elements
     */
    const textOf = elements => Array.from(elements, element =>
        // biome-ignore lint/performance/useDomNodeTextContent: only what is seen: a statement's origin would tell the answer.
        (element instanceof HTMLElement ? element.innerText.trim() : '')).join(' ').slice(0, 400);

    /**
     * For those who hear the page: the question that is next, or the answer.
     * @param {boolean} next
     */
    const say = next => {
        const { element, answer } = qabookDeck.current ?? {};
        const question = `${qabook.say('place', placeOf())} ${textOf(element?.querySelectorAll('.practice-prompt') ?? [])}`;
        status.textContent = qabookDeck.ended ? where.textContent : next ? question
            : textOf(answer?.querySelectorAll(':scope > :not(summary, .practice-source)') ?? []);
    };

    const showProgress = () => {
        const { known, again } = result();
        const total = qabookDeck.round.length;
        const text = qabook.say('place', placeOf());
        const score = qabook.say(drill ? 'drill-counts' : 'round-counts', { known, again });
        where.textContent = qabookDeck.ended ? qabook.say(drill ? 'drill-done' : 'done', { known, again })
            : Object.values(placeOf()).join(' / ');
        counts.textContent = qabookDeck.ended ? '' : score;
        line.style.cssText = `--known:${known / total};--again:${again / total}`;
        Object.assign(line, { ariaValueNow: known + again, ariaValueMax: total, ariaValueText: `${text} ${score}` });
    };

    const showButtons = () => {
        const focused = row.contains(document.activeElement);
        const shown = new Set(BUTTONS[phase()]);
        const again = of('again').length;
        if (again === 0) {
            shown.delete('repeat');
        }
        for (const element of buttons) {
            element.hidden = !shown.has(element.value);
        }
        const repeat = named('repeat');
        if (repeat) {
            repeat.textContent = qabook.say('repeat', { n: again });
        }
        // As the card itself calls it.
        const name = named('show')?.firstChild;
        const summary = qabookDeck.current?.answer.querySelector('summary');
        if (name && summary) {
            name.textContent = summary.textContent;
        }
        const { n, of: total } = placeOf();
        Object.assign(named('previous') ?? {}, { disabled: n === 1 });
        Object.assign(named('next') ?? {}, { disabled: n === total });
        const card = qabookDeck.current;
        for (const value of ['known', 'again']) {
            Object.assign(named(value) ?? {}, { ariaPressed: String(card?.grade === value) });
        }
        // The button that was pressed may be gone: the next one is where the reader's finger is.
        if (focused && document.activeElement?.matches('body, [hidden], :disabled')) {
            buttons.find(element => !element.hidden && !element.matches('.practice-previous, .practice-next'))?.focus();
        }
    };

    const show = () => {
        bar.hidden = phase() === 'empty';
        showProgress();
        showButtons();
    };

    // A drill tells whether the reader was right; it opens the answer, and the reader goes on when it is read.
    /** @param {Event} event */
    const told = event => {
        const { card: element, right } = /** @type {CustomEvent} */ (event).detail;
        const card = qabookDeck.holding(element);
        if (!card) {
            return;
        }
        if (card !== qabookDeck.current) {
            qabookDeck.choose(card);
        }
        qabookGrades.grade(card, right);
        card.told = true;
        qabookDeck.open(true);
        say(false);
    };

    const build = () => {
        bar.role = 'region';
        bar.ariaLabel = words.bar;
        Object.assign(line, { role: 'progressbar', ariaLabel: words.bar, ariaValueMin: '0' });
        status.role = 'status';
        Object.assign(named('previous') ?? {}, { ariaLabel: words.previous });
        Object.assign(named('next') ?? {}, { ariaLabel: words.next });
        bar.append(qabook.make('p', 'practice-keys', words[`keys-${kind}`] || words['keys-review']));
        place?.append(bar);
        row.addEventListener('click', event => {
            const pressed = event.target instanceof Element ? event.target.closest('button') : null;
            actions[pressed?.value ?? '']?.();
        });
        place?.addEventListener('practice:change', show);
        document.addEventListener('practice:answer', told, true);
        document.addEventListener('practice:do', event => actions[/** @type {CustomEvent} */ (event).detail]?.());
    };

    if (place) {
        build();
    }
}
