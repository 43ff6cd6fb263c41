'use strict';

// What to print: the link to the page of the whole book becomes a menu. Without this script it stays a link.
{
    const root = document.documentElement;
    const { words } = qabook;
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.right-buttons a[href$="print.html"]'));

    // Paper says where it is from.
    addEventListener('beforeprint', () => {
        const [address] = location.href.split('#');
        root.style.setProperty('--address', JSON.stringify(decodeURI(address)));
    });

    /** @type {(link: HTMLAnchorElement) => HTMLElement} */
    const menuOf = link => {
        const menu = qabook.make('div', 'print-menu');
        menu.popover = 'auto';
        menu.setAttribute('role', 'group');
        menu.ariaLabel = link.title;
        /** @type {(key: string, act: () => void) => void} */
        const add = (key, act) => {
            const button = qabook.make('button', '', words[key]);
            button.type = 'button';
            button.addEventListener('click', () => {
                menu.hidePopover();
                act();
            });
            menu.append(button);
        };
        /** @type {(key: string, href: string | undefined) => void} */
        const lead = (key, href) => {
            if (href) {
                const item = qabook.make('a', '', words[key]);
                item.href = href;
                menu.append(item);
            }
        };

        add('print-chapter', () => print());
        if (document.querySelector('main pre')) {
            add('print-without-code', () => {
                root.dataset.print = 'no-code';
                addEventListener('afterprint', () => delete root.dataset.print, { once: true });
                print();
            });
        }
        // The page to practise with prints its questions on a few sheets.
        const sheet = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.sidebar a[href$="review.html"]'));
        lead('print-sheet', sheet?.href);
        lead('print-book', link.href);
        menu.addEventListener('toggle', event => {
            const isOpen = /** @type {ToggleEvent} */ (event).newState === 'open';
            link.setAttribute('aria-expanded', String(isOpen));
            if (isOpen) {
                menu.querySelector('button')?.focus();
            }
        });
        link.after(menu);
        return menu;
    };

    if (link && words['print-chapter'] && 'popover' in link) {
        /** @type {HTMLElement | undefined} */
        let menu;
        // A click on the link dismisses the open menu before it is told here.
        let wasOpen = false;
        link.setAttribute('aria-haspopup', 'true');
        link.setAttribute('aria-expanded', 'false');
        link.addEventListener('pointerdown', () => {
            wasOpen = menu?.matches(':popover-open') ?? false;
        });
        link.addEventListener('click', event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) {
                return;
            }
            event.preventDefault();
            if (!wasOpen) {
                menu ??= menuOf(link);
                const { bottom, right } = link.getBoundingClientRect();
                menu.style.insetBlockStart = `${bottom}px`;
                menu.style.insetInlineEnd = `${root.clientWidth - right}px`;
                menu.showPopover();
            }
            wasOpen = false;
        });
    }
}
