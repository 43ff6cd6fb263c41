'use strict';

// How the answer on a card of outputs went.

// biome-ignore lint/correctness/noUnusedVariables: outputs.js uses it.
const qabookResult = {
    /** @type {(card: PracticeCard) => string[]} */
    record: card => qabookLines.of(card.answer.querySelector('.outputs-record samp')?.textContent ?? ''),

    /** @type {(card: PracticeCard, right: boolean, ...details: Node[]) => void} */
    tell(card, right, ...details) {
        const { make, words } = qabook;
        const result = make('div', 'outputs-result', make('p', 'outputs-verdict', words[right ? 'right' : 'wrong']), ...details);
        result.dataset.right = String(right);
        this.clear(card);
        card.answer.querySelector('summary')?.after(result);
        // What had the focus is gone; Space goes on from the card.
        card.element.focus({ preventScroll: true });
        const detail = { card: card.element, right };
        card.element.dispatchEvent(new CustomEvent('practice:answer', { bubbles: true, detail }));
        result.scrollIntoView({ block: 'nearest' });
    },

    /** @type {(card: PracticeCard) => void} */
    clear: card => card.answer.querySelector('.outputs-result')?.remove(),

    /** Compares an answer with the record. @type {(card: PracticeCard, answer: string[]) => void} */
    compare(card, answer) {
        const lines = qabookLines.diff(this.record(card), answer);
        const count = (/** @type {string} */ of) => lines.filter(({ kind }) => kind === of).length;
        const counts = { same: count('same'), missing: count('missing'), extra: count('extra') };
        if (counts.missing + counts.extra === 0) {
            this.tell(card, true);
            return;
        }
        const list = qabook.make('ol', 'outputs-diff', ...lines.map((line, at) => this.row(line, this.instead(lines, at))));
        list.ariaLabel = qabook.words['outputs-diff'];
        this.tell(card, false, qabook.make('p', 'outputs-counts', qabook.say('outputs-counts', counts)), list);
    },

    /**
     * A line of the comparison; what is different in it from the line that is there instead is marked.
     * @type {(line: DiffLine, instead: string | undefined) => HTMLElement}
     */
    row({ kind, line }, instead) {
        const { make, words } = qabook;
        const [start, own, end] = qabookLines.apart(line, instead ?? line);
        // Of lines that have little in common, no part is of interest.
        const parts = own && start.length + end.length >= own.length ? [start, make('mark', '', own), end]
            : [OutputsOrder.nameOf(line)];
        const text = make('samp', line ? '' : 'outputs-blank', ...parts);
        text.translate = false;
        const item = make('li', '', make('span', 'outputs-kind', words[`outputs-${kind}`]), ' ', text);
        item.dataset.kind = kind;
        return item;
    },

    /**
     * The line that is there instead of the one at `at`: of a run of lines that aren't the same, the nth that is missing is
     * instead of the nth that is extra.
     * @type {(lines: DiffLine[], at: number) => string | undefined}
     */
    instead(lines, at) {
        let [start, end] = [at, at];
        while (start > 0 && lines[start - 1].kind !== 'same') {
            start--;
        }
        while (end < lines.length && lines[end].kind !== 'same') {
            end++;
        }
        const run = lines.slice(start, end);
        const own = run.filter(({ kind }) => kind === lines[at].kind);
        return run.filter(({ kind }) => kind !== lines[at].kind)[own.indexOf(lines[at])]?.line;
    },
};
