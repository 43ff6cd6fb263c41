'use strict';

// Begins the practice, and prints the questions on paper.
{
    const ON_PAPER = 'practice-questions-only';

    /** @type {(name: string, withAnswers: boolean) => HTMLElement} */
    const printer = (name, withAnswers) => {
        const button = qabook.make('button', 'practice-print-button', name);
        button.type = 'button';
        button.addEventListener('click', () => {
            document.documentElement.classList.toggle(ON_PAPER, !withAnswers);
            print();
        });
        return button;
    };

    const offerPaper = () => {
        const { words } = qabook;
        const paper = qabook.make('div', 'practice-print', qabook.make('span', '', words.print),
            printer(words['print-answers'], true), printer(words['print-questions'], false));
        document.querySelector('.practice-tools')?.append(paper);
        addEventListener('afterprint', () => document.documentElement.classList.remove(ON_PAPER));
    };

    // Whatever order the scripts are listed in, all of them are there.
    document.addEventListener('DOMContentLoaded', () => {
        document.dispatchEvent(new Event('practice:start'));
        if (qabookDeck.kind === 'review') {
            offerPaper();
        }
    });
}
