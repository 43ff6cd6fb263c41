'use strict';

// The keys of a practice page. The arrows to the left and right keep turning the pages of the book.
{
    const { place } = qabookDeck;
    /** @param {string} action */
    const perform = action => document.dispatchEvent(new CustomEvent('practice:do', { detail: action }));

    /** What the button that is shown first does. */
    const first = () => {
        const shown = [...document.querySelectorAll('.practice-buttons button:not([hidden])')];
        const main = shown.find(button => !button.matches('.practice-previous, .practice-next'));
        return main instanceof HTMLButtonElement ? main.value : '';
    };

    /** Space and Enter show the answer and go on, but answer nothing: then they do what they always do. */
    const forward = () => {
        const card = qabookDeck.current;
        const action = card?.grade && card.answer.open ? 'forward' : first();
        const harmless = ['show', 'forward', 'repeat', 'restart'].includes(action);
        if (harmless) {
            perform(action);
        }
        return harmless;
    };

    /** @param {number} nth */
    const answer = nth => {
        const statement = qabookDeck.kind === 'statements';
        perform((statement ? ['true', 'false'] : ['known', 'again'])[nth]);
        return true;
    };

    const leave = () => {
        const inTools = document.activeElement?.closest('.practice-tools');
        if (!inTools) {
            perform('hide');
        }
        return true;
    };

    /** @type {Record<string, () => boolean>} Whether the key was one of ours. */
    const KEYS = {
        ' ': forward,
        Enter: forward,
        1: () => answer(0),
        2: () => answer(1),
        j: () => move('next'),
        k: () => move('previous'),
        ArrowDown: () => move('next'),
        ArrowUp: () => move('previous'),
        Escape: leave,
    };

    /** @param {string} to */
    const move = to => {
        perform(to);
        return true;
    };

    /** @param {KeyboardEvent} event */
    const isOurs = ({ target, key, repeat, altKey, ctrlKey, metaKey, isComposing, defaultPrevented }) => {
        if (altKey || ctrlKey || metaKey || isComposing || defaultPrevented || !(target instanceof Element)) {
            return false;
        }
        const native = [' ', 'Enter'].includes(key) && target.closest('a, button, summary, [role=button]');
        const moves = ['j', 'k', 'ArrowDown', 'ArrowUp'].includes(key);
        return !native && (moves || !repeat)
            && (target === document.body || Boolean(target.closest('main')))
            && !target.closest('input, textarea, select, [contenteditable]:not([contenteditable=false])');
    };

    const onKey = (/** @type {KeyboardEvent} */ event) => {
        const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
        if (Object.hasOwn(KEYS, key) && isOurs(event) && KEYS[key]()) {
            event.preventDefault();
            // Tab goes on from the card.
            qabookDeck.current?.element.focus({ preventScroll: true });
        }
    };

    if (place) {
        document.addEventListener('keydown', onKey);
    }
}
