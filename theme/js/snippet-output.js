'use strict';

// What a card shows of a run: the clock while it lasts, how it ended, and its output in the place of the recorded one.
//
// Listens to the events of snippet-run.js. The ending is written into the card's `role=status` element, so that a screen
// reader says it once; the clock beside it is not announced.
{
    /** @typedef {{ kind: string, detail: string, stdout: string, stderr: string, lead?: string, own?: boolean }} ShownEnding */

    const { words } = qabook;

    /** @type {WeakMap<Element, { started: number, timer: number }>} */
    const clocks = new WeakMap();

    /** @type {(card: Element, selector: string) => HTMLElement | null} */
    const find = (card, selector) => card.querySelector(selector);

    /** @type {(label: string, text: string, className: string) => HTMLElement} */
    const pane = (label, text, className) => {
        const scroll = qabook.make('div', 'snippet-scroll');
        scroll.setAttribute('role', 'group');
        scroll.setAttribute('aria-label', label);
        scroll.tabIndex = 0;
        const pre = qabook.make('pre', className);
        const samp = qabook.make('samp', '', text);
        samp.translate = false;
        pre.append(samp);
        scroll.append(pre);
        return scroll;
    };

    /**
     * Shows the fresh output or the recorded one.
     * @type {(card: Element, fresh: boolean) => void}
     */
    const show = (card, fresh) => {
        const recorded = find(card, '.snippet-recorded');
        const label = find(card, '.snippet-recording');
        const output = find(card, '.snippet-fresh');
        const swap = find(card, '[data-do="swap"]');
        const status = find(card, '.snippet-status');
        output?.toggleAttribute('hidden', !fresh);
        recorded?.toggleAttribute('hidden', fresh);
        label?.toggleAttribute('hidden', fresh);
        if (status && output) {
            status.hidden = !fresh;
        }
        if (swap) {
            swap.hidden = !(recorded && output);
            swap.textContent = words[fresh ? 'run-see-recorded' : 'run-see-fresh'];
        }
    };

    /**
     * What the run says beside its kind: whether it matches the record, or why it went wrong.
     * @type {(card: HTMLElement, ending: ShownEnding) => string}
     */
    const remark = (card, { kind, detail, stdout, stderr, own }) => {
        const recorded = find(card, '.snippet-recorded samp')?.textContent;
        const mustFail = 'fails' in card.dataset;
        if (own || 'edited' in card.dataset || (kind !== 'success' && kind !== 'compile')) {
            return detail;
        }
        if (mustFail) {
            return words[kind === 'success' ? 'run-should-fail'
                : recorded && stderr.includes(recorded.trim()) ? 'run-fails-as-recorded' : 'run-fails'];
        }
        return kind === 'success' && recorded !== undefined
            ? words[stdout === recorded ? 'run-same' : 'run-different'] : detail;
    };

    /**
     * The kind as which the ending is coloured: a program that must not compile does well when it doesn't.
     * @type {(card: HTMLElement, ending: ShownEnding) => string}
     */
    const colour = (card, { kind, own }) => {
        const expected = !own && 'fails' in card.dataset && !('edited' in card.dataset);
        return expected && kind === 'compile' ? 'success' : expected && kind === 'success' ? 'runtime' : kind;
    };

    /** @type {(card: Element, ending: ShownEnding) => void} */
    const fill = (card, { kind, stdout, stderr }) => {
        const errors = stderr.replace(/^\n+/, '');
        const fresh = find(card, '.snippet-fresh') ?? qabook.make('div', 'snippet-fresh');
        fresh.replaceChildren();
        if (stdout || !errors) {
            fresh.append(stdout ? pane(words['run-fresh'], stdout, '') : qabook.make('p', 'snippet-empty', words['run-empty']));
        }
        if (errors) {
            if (stdout || kind === 'success') {
                fresh.append(qabook.make('p', 'snippet-label', words['run-stderr']));
            }
            fresh.append(pane(words['run-stderr'], errors, kind === 'success' ? '' : 'snippet-error'));
        }
        find(card, '.snippet-output')?.append(fresh);
    };

    /** @type {(card: Element) => number} Stops the clock; the seconds it ran. */
    const stopClock = card => {
        const clock = clocks.get(card);
        clocks.delete(card);
        clearInterval(clock?.timer);
        find(card, '.snippet-clock')?.remove();
        return clock ? (performance.now() - clock.started) / 1000 : 0;
    };

    /** @type {(card: Element, kind: string, text: string) => void} */
    const say = (card, kind, text) => {
        const status = find(card, '.snippet-status');
        if (status) {
            status.hidden = false;
            status.dataset.kind = kind;
            status.textContent = text;
        }
    };

    /** @type {(card: Element, running: boolean) => void} */
    const setRunning = (card, running) => {
        const run = find(card, '[data-do="run"]');
        const cancel = find(card, '[data-do="cancel"]');
        card.toggleAttribute('data-running', running);
        run?.setAttribute('aria-disabled', String(running));
        if (cancel && run) {
            if (!running && document.activeElement === cancel) {
                run.focus();
            }
            cancel.hidden = !running;
        }
    };

    document.addEventListener('snippet:running', event => {
        const card = /** @type {HTMLElement} */ (event.target);
        setRunning(card, true);
        say(card, 'running', words['run-running']);
        const clock = qabook.make('span', 'snippet-clock', qabook.say('run-clock', { n: 0 }));
        clock.setAttribute('aria-hidden', 'true');
        find(card, '.snippet-status')?.after(clock);
        const started = performance.now();
        const timer = window.setInterval(() => {
            clock.textContent = qabook.say('run-clock', { n: Math.floor((performance.now() - started) / 1000) });
        }, 250);
        clocks.set(card, { started, timer });
        find(card, '.snippet-outbar')?.scrollIntoView({ block: 'nearest' });
    });

    document.addEventListener('snippet:state', event => {
        say(/** @type {HTMLElement} */ (event.target), 'running', /** @type {CustomEvent<string>} */ (event).detail);
    });

    document.addEventListener('snippet:ended', event => {
        const card = /** @type {HTMLElement} */ (event.target);
        const ending = /** @type {CustomEvent<ShownEnding>} */ (event).detail;
        const seconds = stopClock(card).toFixed(1);
        setRunning(card, false);
        const ran = ['success', 'compile', 'runtime'].includes(ending.kind);
        if (ran) {
            fill(card, ending);
        } else {
            find(card, '.snippet-fresh')?.remove();
        }
        show(card, ran);
        const note = remark(card, ending);
        const said = ran ? [ending.lead ?? qabook.say('run-just-now', { seconds })] : [];
        const title = words[`run-${ending.kind}`];
        said.push(note ? qabook.say('run-note', { ending: title, note }) : title);
        say(card, colour(card, ending), said.join(' · '));
        find(card, '.snippet-output')?.scrollIntoView({ block: 'nearest' });
    });

    qabook.onCardClick({
        swap(card) {
            show(card, Boolean(find(card, '.snippet-fresh[hidden]')));
        },
    });
}
