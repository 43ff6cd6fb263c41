'use strict';

// Choice questions on their own page: the reader chooses, asks, and sees what was right and why. The reasons, in the closed
// answer below the options, say which are right.
{
    /** @type {(form: HTMLFormElement) => HTMLInputElement[]} */
    const optionsOf = form => Array.from(form.querySelectorAll('input[name="option"]'));

    /** @type {(answer: HTMLDetailsElement) => string[]} The letters of what is right. */
    const rightOnes = answer => [...answer.querySelectorAll('.option-reasons [data-right="true"] .option-letter')]
        .map(letter => letter.textContent ?? '');

    /** @type {(form: HTMLFormElement) => void} */
    const unmark = form => {
        for (const option of optionsOf(form)) {
            const item = option.closest('li');
            delete item?.dataset.result;
            item?.querySelector('.option-result')?.remove();
        }
    };

    /** @type {(option: HTMLInputElement, right: boolean) => void} In words, too: not by colour alone. */
    const mark = (option, right) => {
        const result = option.checked ? (right ? 'hit' : 'false') : right ? 'missed' : '';
        const item = option.closest('li');
        if (item && result) {
            item.dataset.result = result;
            option.closest('label')?.append(qabook.make('strong', 'option-result', qabook.words[`option-${result}`]));
        }
    };

    /** @type {(form: HTMLFormElement, answer: HTMLDetailsElement) => string} What is said of the choice. */
    const judge = (form, answer) => {
        const options = optionsOf(form);
        unmark(form);
        if (!options.some(({ checked }) => checked)) {
            return qabook.words[form.dataset.choice === 'single' ? 'choose-first' : 'choose-some-first'];
        }
        const right = rightOnes(answer);
        for (const option of options) {
            mark(option, right.includes(option.value));
        }
        answer.open = true;
        const all = options.every(({ checked, value }) => checked === right.includes(value));
        return qabook.say(all ? 'choice-right' : 'choice-wrong', { letters: right.join(qabook.words['list-comma']) });
    };

    for (const form of document.querySelectorAll('form.question-options')) {
        const answer = form.parentElement?.querySelector('details.question-answer');
        const button = form.querySelector('[type="submit"]');
        const verdict = form.querySelector('.option-verdict');
        if (form instanceof HTMLFormElement && answer instanceof HTMLDetailsElement
            && button instanceof HTMLElement && verdict) {
            button.hidden = false;
            form.addEventListener('submit', event => {
                event.preventDefault();
                verdict.textContent = judge(form, answer);
            });
            // What is chosen anew isn't judged yet.
            form.addEventListener('change', () => {
                unmark(form);
                verdict.textContent = '';
            });
        }
    }
}
