'use strict';

// Runs the program of a card on the Playground, or on the service that another script names.
//
// A click on Run dispatches on the card `snippet:service`, whose detail `{ service }` holds the Playground as a
// `SnippetService`: a listener may put another there. Then come `snippet:running`, `snippet:state` with a text when there is
// news, and `snippet:ended` with how it ended (`SnippetEnding`); what the reader sees of it is made in snippet-output.js.
// A service answers with `{success, exitDetail, stdout, stderr}`; `success` is false both when the program doesn't compile
// and when it exits with an error. A request that takes the Playground too long is answered with status 500 and
// `{error: "The operation timed out…"}`.
{
    /**
     * `lead` is what the card says before the ending, in the place of the seconds it took; with `own`, `detail` is all that
     * is to be said of the output, which isn't compared with the card's record.
     * @typedef {'success' | 'compile' | 'runtime' | 'timeout' | 'unavailable' | 'offline' | 'cancelled'} EndingKind
     * @typedef {{ kind: EndingKind, detail: string, stdout: string, stderr: string, lead?: string, own?: boolean }} SnippetEnding
     * @typedef {{ success: boolean, exitDetail: string, stdout: string, stderr: string }} Answer
     */

    /**
     * What runs a program. `request` is the body of the Playground's request, `send` posts it; `patience` is after how many
     * milliseconds the page gives up, 0 for never; `unexplained` is said of a program that ended without a word, `refused` of
     * a status that isn't 200, `unreached` when there was no answer; `complete` adds what only this service knows.
     * @typedef {{ request: Record<string, unknown>, send: (signal: AbortSignal) => Promise<Response>, needsNetwork: boolean,
     *     patience: number, unexplained: string, refused: (status: number, error: string) => SnippetEnding,
     *     unreached: string, complete?: (ending: SnippetEnding, answer: Answer) => SnippetEnding }} SnippetService
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

    /** @type {(exit: string, stdout: string, stderr: string, unexplained: string) => string} */
    const exitDetail = (exit, stdout, stderr, unexplained) => {
        const signal = /signal (\d+)(?: \((\w+)\))?/.exec(exit);
        const status = /status (-?\d+)/.exec(exit);
        const killed = signal?.[1] === '9';
        if (signal && !killed) {
            return qabook.say(signal[2] ? 'run-named-signal' : 'run-signal', { signal: signal[1], name: signal[2] ?? '' });
        }
        if (killed || !(stdout + stderr).trim()) {
            return qabook.words[killed ? 'run-killed' : 'run-silent'] + unexplained;
        }
        const what = qabook.words[/^thread .* panicked at /m.test(stderr) ? 'run-panicked' : 'run-failed'];
        return status ? qabook.say('run-exit-code', { what, code: status[1] }) : what;
    };

    /**
     * @param {Answer} answer
     * @param {string} unexplained
     * @returns {SnippetEnding}
     */
    const judge = ({ success, exitDetail: exit, stdout, stderr }, unexplained) => {
        const [out, raw] = [stdout.replace(ANSI, ''), stderr.replace(ANSI, '')];
        const err = withoutCargo(raw);
        if (success) {
            return ending('success', '', out, err);
        }
        const compiled = STARTED.test(raw);
        return !compiled && /^error(?:\[E\d+\])?:/m.test(raw)
            ? ending('compile', '', out, err)
            : ending('runtime', exitDetail(exit, out, err, unexplained), out, err);
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

    /** @type {(status: number, error: string) => SnippetEnding} */
    const refused = (status, error) => {
        if (/timed out/i.test(error)) {
            return ending('timeout', qabook.words['run-too-slow']);
        }
        return status === 429
            ? ending('unavailable', qabook.words['run-busy'])
            : ending('unavailable', qabook.say(error ? 'run-refused-because' : 'run-refused', { status, error }));
    };

    /** @type {(card: HTMLElement) => SnippetService} */
    const playground = card => {
        const { endpoint = '', channel, mode, edition, timeout } = card.dataset;
        const code = qabook.program(card);
        const crateType = /\bfn\s+main\b/.test(code) ? 'bin' : 'lib';
        const request = { channel, mode, edition, crateType, tests: false, backtrace: false, code };
        return {
            request,
            send: signal => fetch(endpoint, {
                method: 'POST',
                mode: 'cors',
                credentials: 'omit',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(request),
                signal,
            }),
            needsNetwork: true,
            patience: Number(timeout) || 20_000,
            unexplained: qabook.words['run-unexplained'],
            refused,
            unreached: qabook.say('run-unreached', { host: new URL(endpoint, location.href).host }),
        };
    };

    /** @type {(card: HTMLElement) => SnippetService} */
    const serviceFor = card => {
        const detail = { service: playground(card) };
        card.dispatchEvent(new CustomEvent('snippet:service', { bubbles: true, detail }));
        return detail.service;
    };

    /** @type {(service: SnippetService) => boolean} Where there is no network, asking is useless. */
    const offline = service => service.needsNetwork && !navigator.onLine;

    /** @type {(service: SnippetService, signal: AbortSignal) => Promise<{ status: number, text: string }>} */
    const post = async (service, signal) => {
        const response = await service.send(signal);
        return { status: response.status, text: await response.text() };
    };

    /** @type {(value: unknown) => string} */
    const textOf = value => typeof value === 'string' ? value : '';

    /** @type {(service: SnippetService, answered: { status: number, text: string }) => SnippetEnding} */
    const understand = (service, { status, text }) => {
        const answer = parse(text);
        if (status !== 200) {
            return service.refused(status, textOf(answer?.error));
        }
        if (typeof answer?.success !== 'boolean') {
            return ending('unavailable', qabook.words['run-unreadable']);
        }
        const { success, exitDetail, stdout, stderr } = answer;
        const texts = { exitDetail: textOf(exitDetail), stdout: textOf(stdout), stderr: textOf(stderr) };
        const whole = { ...answer, ...texts, success };
        const judged = judge(whole, service.unexplained);
        return service.complete?.(judged, whole) ?? judged;
    };

    /** @type {(card: HTMLElement, service: SnippetService) => Promise<SnippetEnding>} */
    const attempt = async (card, service) => {
        const { patience } = service;
        const controller = new AbortController();
        /** @type {EndingKind | null} */
        let stopped = null;
        /** @param {EndingKind} why */
        const stop = why => {
            stopped = why;
            controller.abort();
        };
        underWay.set(card, stop);
        const timer = patience ? setTimeout(stop, patience, 'timeout') : 0;
        try {
            // Only what didn't arrive is sent again, never what was answered: the program would run twice.
            return understand(service, await post(service, controller.signal).catch(error => {
                if (stopped || offline(service)) {
                    throw error;
                }
                card.dispatchEvent(new CustomEvent('snippet:state', { detail: qabook.words['run-retrying'], bubbles: true }));
                return post(service, controller.signal);
            }));
        } catch {
            if (stopped === 'timeout') {
                return ending('timeout', qabook.say('run-no-answer', { n: patience / 1000 }));
            }
            return stopped ? ending(stopped)
                : offline(service) ? ending('offline') : ending('unavailable', service.unreached);
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
        const service = serviceFor(card);
        const useless = offline(service);
        if (!useless) {
            card.dispatchEvent(new CustomEvent('snippet:running', { bubbles: true }));
        }
        const detail = useless ? ending('offline') : await attempt(card, service);
        card.dispatchEvent(new CustomEvent('snippet:ended', { bubbles: true, detail }));
    };

    qabook.onCardClick({
        run,
        cancel(card) {
            underWay.get(card)?.('cancelled');
        },
    });
}
