'use strict';

// Runs the program of a card on the Playground.
//
// A click on 运行 dispatches `snippet:running` on the card, then `snippet:ended` with how it ended (`SnippetEnding`); what
// the reader sees of it is made in snippet-output.js. The service answers POST /execute with `{success, exitDetail,
// stdout, stderr}`; `success` is false both when the program doesn't compile and when it exits with an error. A request
// that takes too long is answered with status 500 and `{error: "The operation timed out…"}`.
{
    /**
     * @typedef {'success' | 'compile' | 'runtime' | 'timeout' | 'unavailable' | 'offline' | 'cancelled'} EndingKind
     * @typedef {{ kind: EndingKind, detail: string, stdout: string, stderr: string }} SnippetEnding
     * @typedef {{ success: boolean, exitDetail: string, stdout: string, stderr: string }} Answer
     */

    /** What cargo says before the program starts, at the width it indents these words to. */
    const CARGO = /^ *(?:Updating|Locking|Downloading|Downloaded|Adding|Blocking|Compiling|Finished|Running) .*\n?/gm;
    const STARTED = /^ {4,}(?:Finished|Running) .*$/m;
    const LAST_OF_CARGO = /^ {5}Running .*\n?/m;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    const ANSI = /\u001b\[[\d;?]*[A-Za-z]/g;

    /** @type {WeakMap<HTMLElement, (why: EndingKind) => void>} Runs under way, each with what stops it. */
    const underWay = new WeakMap();

    /** @type {(kind: EndingKind, detail?: string, stdout?: string, stderr?: string) => SnippetEnding} */
    const ending = (kind, detail = '', stdout = '', stderr = '') => ({ kind, detail, stdout, stderr });

    /** @param {string} stderr */
    const withoutCargo = stderr => {
        const last = LAST_OF_CARGO.exec(stderr);
        // What the program itself prints stays as it is.
        const end = last ? last.index + last[0].length : stderr.length;
        return stderr.slice(0, end).replace(CARGO, '') + stderr.slice(end);
    };

    /** @type {(exit: string, stdout: string, stderr: string) => string} */
    const exitDetail = (exit, stdout, stderr) => {
        const signal = /signal (\d+)(?: \((\w+)\))?/.exec(exit);
        const status = /status (-?\d+)/.exec(exit);
        const killed = signal?.[1] === '9';
        if (signal && !killed) {
            return `程序被信号 ${signal[1]}${signal[2] ? `（${signal[2]}）` : ''}终止`;
        }
        if (killed || !(stdout + stderr).trim()) {
            const how = killed ? '程序被系统强行终止（信号 9，SIGKILL）' : '程序没有留下任何输出就结束了';
            return `${how}。服务没有说明原因；内存超出上限（Playground 是 512 MB）时就是这样`;
        }
        const panicked = /^thread .* panicked at /m.test(stderr) ? '程序 panic' : '程序没有正常结束';
        return status ? `${panicked}，退出码 ${status[1]}` : panicked;
    };

    /**
     * @param {Answer} answer
     * @returns {SnippetEnding}
     */
    const judge = ({ success, exitDetail: exit, stdout, stderr }) => {
        const [out, raw] = [stdout.replace(ANSI, ''), stderr.replace(ANSI, '')];
        const err = withoutCargo(raw);
        if (success) {
            return ending('success', '', out, err);
        }
        const compiled = STARTED.test(raw);
        return !compiled && /^error(?:\[E\d+\])?:/m.test(raw)
            ? ending('compile', '', out, err)
            : ending('runtime', exitDetail(exit, out, err), out, err);
    };

    /**
     * @param {string} text
     * @returns {Partial<Answer> & { error?: unknown } | null} `null` when it isn't JSON. What is in it, nobody promises.
     */
    const parse = text => {
        try {
            return JSON.parse(text);
        } catch {
            return null;
        }
    };

    /** @type {(status: number, text: string) => SnippetEnding} */
    const read = (status, text) => {
        const answer = parse(text);
        if (status === 200) {
            return typeof answer?.success === 'boolean'
                ? judge({ exitDetail: '', stdout: '', stderr: '', ...answer, success: answer.success })
                : ending('unavailable', '服务的回答看不懂');
        }
        const error = typeof answer?.error === 'string' ? answer.error : '';
        if (/timed out/i.test(error)) {
            return ending('timeout', '服务在限时内没有跑完；Playground 的限时是 10 秒，包括编译');
        }
        return status === 429
            ? ending('unavailable', '这会儿请求太多（HTTP 429），过一会儿再试')
            : ending('unavailable', `服务出错（HTTP ${status}）${error && `：${error}`}`);
    };

    /** @type {(card: HTMLElement, signal: AbortSignal) => Promise<SnippetEnding>} */
    const post = async (card, signal) => {
        const { endpoint = '', channel, mode, edition } = card.dataset;
        const code = qabook.program(card);
        const crateType = /\bfn\s+main\b/.test(code) ? 'bin' : 'lib';
        const response = await fetch(endpoint, {
            method: 'POST',
            mode: 'cors',
            credentials: 'omit',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ channel, mode, edition, crateType, tests: false, backtrace: false, code }),
            signal,
        });
        return read(response.status, await response.text());
    };

    /** @type {(card: HTMLElement) => Promise<SnippetEnding>} */
    const attempt = async card => {
        const limit = Number(card.dataset.timeout) || 20_000;
        const controller = new AbortController();
        /** @type {EndingKind | null} */
        let stopped = null;
        /** @param {EndingKind} why */
        const stop = why => {
            stopped = why;
            controller.abort();
        };
        underWay.set(card, stop);
        const timer = setTimeout(stop, limit, 'timeout');
        try {
            return await post(card, controller.signal).catch(error => {
                if (stopped || !navigator.onLine) {
                    throw error;
                }
                card.dispatchEvent(new CustomEvent('snippet:again', { bubbles: true }));
                return post(card, controller.signal);
            });
        } catch {
            if (stopped === 'timeout') {
                return ending('timeout', `等了 ${limit / 1000} 秒没有结果；可能是程序不会结束，也可能是服务正忙`);
            }
            const host = new URL(card.dataset.endpoint ?? '', location.href).host;
            return stopped ? ending(stopped)
                : navigator.onLine ? ending('unavailable', `连不上 ${host}，重试了一次也不行`) : ending('offline');
        } finally {
            clearTimeout(timer);
            underWay.delete(card);
        }
    };

    /** @param {HTMLElement} card */
    const run = async card => {
        if (underWay.has(card)) {
            return;
        }
        if (navigator.onLine) {
            card.dispatchEvent(new CustomEvent('snippet:running', { bubbles: true }));
        }
        const detail = navigator.onLine ? await attempt(card) : ending('offline');
        card.dispatchEvent(new CustomEvent('snippet:ended', { bubbles: true, detail }));
    };

    qabook.onCardClick({
        run,
        cancel(card) {
            underWay.get(card)?.('cancelled');
        },
    });

    for (const button of document.querySelectorAll('.snippet [data-do="run"]')) {
        button.removeAttribute('hidden');
    }
}
