'use strict';

// What a card shows of a run: the clock while it lasts, how it ended, and its output in the place of the recorded one.
//
// Listens to the events of snippet-run.js. The ending is written into the card's `role=status` element, so that a screen
// reader says it once; the clock beside it is not announced.
{
    /** @typedef {{ kind: string, detail: string, stdout: string, stderr: string, lead?: string, own?: boolean }} ShownEnding */

    /** @type {Record<string, string>} */
    const TITLES = {
        success: '运行成功',
        compile: '编译失败',
        runtime: '运行出错',
        timeout: '超时',
        unavailable: '服务不可用——不是你的代码有问题',
        offline: '现在没有网络：运行要连接 Playground',
        cancelled: '已取消',
    };

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
            swap.textContent = fresh ? '看录制的' : '看刚刚运行的';
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
            return kind === 'success' ? '而它本该编译失败'
                : recorded && stderr.includes(recorded.trim()) ? '正该如此，报错与录制一致' : '正该如此';
        }
        return kind === 'success' && recorded !== undefined
            ? (stdout === recorded ? '与录制一致' : '与录制的不同') : detail;
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
            fresh.append(stdout ? pane('刚刚运行的输出', stdout, '') : qabook.make('p', 'snippet-empty', '（没有输出）'));
        }
        if (errors) {
            if (stdout || kind === 'success') {
                fresh.append(qabook.make('p', 'snippet-label', '标准错误'));
            }
            fresh.append(pane('标准错误', errors, kind === 'success' ? '' : 'snippet-error'));
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
        say(card, 'running', '正在运行…');
        const clock = qabook.make('span', 'snippet-clock', '0 秒');
        clock.setAttribute('aria-hidden', 'true');
        find(card, '.snippet-status')?.after(clock);
        const started = performance.now();
        const timer = window.setInterval(() => {
            clock.textContent = `${Math.floor((performance.now() - started) / 1000)} 秒`;
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
        const said = ran ? [ending.lead ?? `刚刚运行 · ${seconds} 秒`] : [];
        said.push(TITLES[ending.kind] + (note && `：${note}`));
        say(card, colour(card, ending), said.join(' · '));
        find(card, '.snippet-output')?.scrollIntoView({ block: 'nearest' });
    });

    qabook.onCardClick({
        swap(card) {
            show(card, Boolean(find(card, '.snippet-fresh[hidden]')));
        },
    });

    const explain = () => {
        for (const button of document.querySelectorAll('.snippet [data-do="run"]')) {
            button.setAttribute('title', navigator.onLine ? '' : '现在没有网络，不能运行；下面是录制的输出');
        }
    };
    addEventListener('online', explain);
    addEventListener('offline', explain);
    explain();
}
