'use strict';

// True or not: a card shows what is claimed or what is so; the reader says whether it is true.
{
    const { place, kind } = qabookDeck;

    /** @type {(card: PracticeCard, name: string) => Element | null} */
    const part = (card, name) => card.element.querySelector(`.statement-${name}`);
    /** @type {(card: PracticeCard, name: string) => Element | null} The paragraph of a part. */
    const line = (card, name) => part(card, name)?.closest('p') ?? null;

    /**
     * What is so stands by itself, apart from its sources, and there is a line for how the reader did.
     * @param {PracticeCard} card
     */
    const prepare = card => {
        const fact = part(card, 'fact');
        if (fact && !part(card, 'text')) {
            const sources = part(card, 'sources');
            const text = qabook.make('span', 'statement-text');
            text.append(...[...fact.childNodes].filter(node => node !== sources));
            fact.prepend(text);
            line(card, 'verdict')?.before(qabook.make('p', 'statement-result'));
        }
    };

    /**
     * Shows one of the two: even odds over the cards, and the other one the next time.
     * @param {PracticeCard} card
     * @param {number} times How often it was asked before.
     */
    const ask = (card, times) => {
        prepare(card);
        const fact = (parseInt(card.id.slice(-1), 16) + times) % 2 === 1;
        const prompt = card.element.querySelector('.practice-prompt');
        const claim = line(card, 'claim');
        part(card, 'asked')?.remove();
        card.element.dataset.asked = fact ? 'fact' : 'claim';
        if (fact && claim) {
            const asked = qabook.make('p', 'statement-asked');
            asked.append(...[...part(card, 'text')?.childNodes ?? []].map(node => node.cloneNode(true)));
            prompt?.append(asked);
            line(card, 'verdict')?.after(claim);
        } else if (claim) {
            prompt?.append(claim);
        }
    };

    /**
     * @param {PracticeCard} card
     * @param {boolean} says
     */
    const judge = (card, says) => {
        const fact = card.element.dataset.asked === 'fact';
        const right = says === fact;
        const result = part(card, 'result');
        if (result) {
            result.textContent = qabook.words[(right ? 'right' : 'wrong') + (fact ? '-fact' : '')];
        }
        const detail = { card: card.element, right };
        card.element.dispatchEvent(new CustomEvent('practice:answer', { bubbles: true, detail }));
    };

    if (kind === 'statements') {
        place?.addEventListener('practice:deal', () => {
            const { cards } = qabook.cards();
            for (const card of qabookDeck.round) {
                ask(card, cards[card.id]?.reps ?? 0);
            }
        });
        place?.addEventListener('practice:judge', event => {
            const card = qabookDeck.current;
            if (card && !card.told) {
                judge(card, /** @type {CustomEvent} */ (event).detail);
            }
        });
    }
}
