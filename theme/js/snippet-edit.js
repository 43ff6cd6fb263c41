'use strict';

// Editing a card's program in place.
//
// The editor is a textarea with transparent text that lies over the highlighted code: input methods, screen readers, spell
// of the caret, undo and selection are the browser's own. The text is always that of `.snippet-code`, so that whoever needs
// the program reads it there; `snippet:changed` on the card says that it is another one. A card that shows a part shows the
// whole program while and after it is edited; its `data-program` (the whole program when only a part is shown) goes.
{
    const INDENT = 4;

    /** @typedef {{ hash: number, text: string }} SavedEdit */

    /** @type {(text: string) => number} */
    const hash = text => [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) | 0, 7);

    /** Edits in the browser's storage; everything works without it, but nothing survives a reload then. */
    const store = {
        /** @type {(key: string) => SavedEdit | null} */
        get(key) {
            try {
                return JSON.parse(localStorage.getItem(key) ?? 'null');
            } catch {
                return null;
            }
        },
        /**
         * The edit of `original` under `key`; one of an earlier text of the program is dropped.
         * @type {(key: string, original: string) => string | null}
         */
        editOf(key, original) {
            const saved = this.get(key);
            if (saved && saved.hash === hash(original) && typeof saved.text === 'string') {
                return saved.text;
            }
            if (saved) {
                this.set(key, null);
            }
            return null;
        },
        /** @type {(key: string, edit: SavedEdit | null) => void} */
        set(key, edit) {
            try {
                if (edit) {
                    localStorage.setItem(key, JSON.stringify(edit));
                } else {
                    localStorage.removeItem(key);
                }
            } catch {
                // Full or forbidden: the edit lives as long as the page.
            }
        },
    };

    /**
     * Replaces the selection as typing would: undo takes it back. execCommand is deprecated but the only way that keeps the
     * undo history; where it does nothing, setRangeText does the rest without history.
     * @type {(area: HTMLTextAreaElement, text: string) => void}
     */
    const insert = (area, text) => {
        const done = text ? document.execCommand('insertText', false, text)
            : area.selectionStart === area.selectionEnd || document.execCommand('delete');
        if (!done) {
            area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
            area.dispatchEvent(new Event('input', { bubbles: true }));
        }
    };

    /** @type {(area: HTMLTextAreaElement, outwards: boolean) => void} */
    const indent = (area, outwards) => {
        const { value, selectionStart: start, selectionEnd: end } = area;
        const lineStart = value.lastIndexOf('\n', start - 1) + 1;
        if (start === end && !outwards) {
            insert(area, ' '.repeat(INDENT - (start - lineStart) % INDENT));
            return;
        }
        // A selection that ends before the first character of a line doesn't mean that line.
        const last = end > start && value[end - 1] === '\n' ? end - 1 : end;
        const lineEnd = (value.indexOf('\n', last) + 1 || value.length + 1) - 1;
        const lines = value.slice(lineStart, lineEnd);
        const moved = outwards ? lines.replace(/^(?: {1,4}|\t)/gm, '') : lines.replace(/^(?=.)/gm, ' '.repeat(INDENT));
        if (moved === lines) {
            return;
        }
        area.setSelectionRange(lineStart, lineEnd);
        insert(area, moved);
        const caret = Math.max(lineStart, start + moved.length - lines.length);
        area.setSelectionRange(start === end ? caret : lineStart, start === end ? caret : lineStart + moved.length);
    };

    /** @type {(area: HTMLTextAreaElement) => void} A line break that keeps the indentation, deeper after an opening brace. */
    const breakLine = area => {
        const before = area.value.slice(0, area.selectionStart);
        const line = before.slice(before.lastIndexOf('\n') + 1);
        const deeper = /[{([]\s*$/.test(line) ? ' '.repeat(INDENT) : '';
        insert(area, `\n${/^[ \t]*/.exec(line)?.[0] ?? ''}${deeper}`);
    };

    /** @type {(card: HTMLElement, text: string) => HTMLTextAreaElement} */
    const makeEditor = (card, text) => {
        const area = document.createElement('textarea');
        area.className = 'snippet-editor';
        area.wrap = 'off';
        area.spellcheck = false;
        area.translate = false;
        area.autocomplete = 'off';
        area.setAttribute('autocapitalize', 'off');
        area.setAttribute('autocorrect', 'off');
        area.setAttribute('aria-label', `编辑 Rust 代码：${card.getAttribute('aria-label') ?? ''}`);
        area.value = text;
        // While an input method composes, its marks need visible text: the textarea shows its own.
        area.addEventListener('compositionstart', () => card.setAttribute('data-composing', ''));
        area.addEventListener('compositionend', () => card.removeAttribute('data-composing'));
        return area;
    };

    /**
     * The keys of code; all others are the browser's.
     * @type {(event: KeyboardEvent, area: HTMLTextAreaElement, card: HTMLElement, leave: () => void) => void}
     */
    const onKey = (event, area, card, leave) => {
        // An input method is at work: its keys are not ours. Safari tells it by the key code alone.
        if (event.isComposing || event.keyCode === 229) {
            return;
        }
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (event.key === 'Escape') {
            leave();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            card.querySelector('[data-do="run"]')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        } else if (event.key === 'Tab' && plain) {
            indent(area, event.shiftKey);
        } else if (event.key === 'Enter' && plain && !event.shiftKey) {
            breakLine(area);
        } else {
            return;
        }
        event.preventDefault();
    };

    /** @type {(card: HTMLElement, code: Element, button: HTMLElement) => void} */
    const setUp = (card, code, button) => {
        const restore = card.querySelector('[data-do="restore"]');
        const still = code.innerHTML;
        const part = card.dataset.program;
        const original = part ?? code.textContent ?? '';
        const key = `wenxiu:code:${card.dataset.snippet}`;
        /** @type {HTMLTextAreaElement | null} */
        let area = null;
        let text = store.editOf(key, original) ?? original;

        /** @param {string} message */
        const notice = message => card.dispatchEvent(new CustomEvent('snippet:notice', { detail: message, bubbles: true }));

        /** Makes the card show what the text and the editor's state ask for. */
        const render = () => {
            const whole = area !== null || text !== original;
            if (whole) {
                code.dispatchEvent(new CustomEvent('snippet:paint', { detail: text, bubbles: true }));
                delete card.dataset.program;
            } else {
                code.innerHTML = still;
                if (part !== undefined) {
                    card.dataset.program = part;
                }
            }
            card.toggleAttribute('data-edited', text !== original);
            restore?.toggleAttribute('hidden', text === original);
            card.dispatchEvent(new CustomEvent('snippet:changed', { bubbles: true }));
        };

        /** @param {string} changed */
        const edit = changed => {
            text = changed;
            store.set(key, text === original ? null : { hash: hash(original), text });
            render();
        };

        const close = () => {
            area?.remove();
            area = null;
            card.removeAttribute('data-editing');
            card.removeAttribute('data-composing');
            button.setAttribute('aria-pressed', 'false');
            button.textContent = '编辑';
            render();
        };

        const open = () => {
            const opened = makeEditor(card, text);
            area = opened;
            opened.addEventListener('input', () => edit(opened.value));
            opened.addEventListener('keydown', event => onKey(event, opened, card, () => {
                close();
                button.focus();
            }));
            card.setAttribute('data-editing', '');
            button.setAttribute('aria-pressed', 'true');
            button.textContent = '完成';
            render();
            code.after(opened);
            opened.setSelectionRange(0, 0);
            opened.focus({ preventScroll: true });
            notice(`${part === undefined ? '' : '显示的是完整程序。'}Tab 缩进，Esc 离开，Ctrl（或 ⌘）+ Enter 运行`);
        };

        button.addEventListener('click', () => {
            if (area) {
                close();
            } else {
                open();
            }
        });

        restore?.addEventListener('click', () => {
            if (area) {
                area.focus();
                area.select();
                insert(area, original);
            } else {
                edit(original);
                button.focus();
            }
            notice('已还原为书里的程序');
        });

        if (text !== original) {
            render();
        }
        button.hidden = false;
    };

    for (const button of document.querySelectorAll('.snippet [data-do="edit"]')) {
        const card = button.closest('.snippet');
        const code = card?.querySelector('.snippet-code');
        if (button instanceof HTMLElement && card instanceof HTMLElement && code) {
            setUp(card, code, button);
        }
    }
}
