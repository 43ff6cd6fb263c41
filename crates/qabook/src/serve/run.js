// Runs the programs of a page here: `serve` compiles and runs them, instead of the Playground.
//
// The book's own scripts ask where a program is to run (`snippet:service`, theme/js/snippet-run.js); this one answers. It
// brings the Python buttons, the button for the Playground, and what only a run here can tell.
'use strict';
{
    const { token = '', rustc, python, words = '{}' } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

    /**
     * @typedef {{ kind: string, detail: string, stdout: string, stderr: string, lead?: string, own?: boolean }} Ending
     * @typedef {{ success: boolean, milliseconds: number, compileMilliseconds: number, version: string,
     *     limit: string | null }} Answer
     * @typedef {{ request: Record<string, unknown>, send: (signal: AbortSignal) => Promise<Response>, needsNetwork: boolean,
     *     patience: number, unexplained: string, refused: (status: number, error: string) => Ending,
     *     unreached: string, complete?: (ending: Ending, answer: Answer) => Ending }} Service
     * @typedef {{ state: string, place?: number, done?: number, of?: number }} State
     */

    /**
     * In the book's language; states, limits and statuses by what the server calls them.
     * @type {Record<string, string>}
     */
    const WORDS = JSON.parse(words);

    /** @type {(text: string, values: Record<string, unknown>) => string} */
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

    /** Without `crypto.randomUUID`, which only secure contexts have. */
    const randomId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
    const page = randomId();

    /** @type {WeakMap<Element, 'playground' | 'python'>} How a run was asked for when not by its Run button. */
    const wanted = new WeakMap();

    /** @type {WeakSet<Element>} The cards whose run under way, or last, is Python's. */
    const pythonRuns = new WeakSet();

    /** @type {(tag: string, className: string, text: string) => HTMLElement} */
    const make = (tag, className, text) => {
        const element = document.createElement(tag);
        element.className = className;
        element.textContent = text;
        return element;
    };

    /** @type {(card: Element, shown: boolean, done?: number, of?: number) => void} Not in the status line: no step is announced. */
    const showProgress = (card, shown, done = 0, of = 0) => {
        const box = card.querySelector('.snippet-progress') ?? make('span', 'snippet-progress', '');
        if (!shown) {
            box.remove();
            return;
        }
        // The same element all the time: a screen reader may be reading it.
        const bar = box.querySelector('progress') ?? document.createElement('progress');
        bar.setAttribute('aria-label', WORDS.preparing);
        // How many there are, cargo tells after a while.
        const count = of > 0 ? `${done}/${of}` : '';
        if (count) {
            bar.max = of;
            bar.value = done;
            bar.setAttribute('aria-valuetext', count);
        }
        if (!box.isConnected) {
            box.append(bar, '');
            card.querySelector('.snippet-status')?.after(box);
        }
        /** @type {Text} */ (box.lastChild).data = count;
    };

    /** @type {(card: Element, state: State, before: string) => string} What the status line says now. */
    const showState = (card, { state, place = 1, done = 0, of = 0 }, before) => {
        showProgress(card, state === 'preparing', done, of);
        const text = fill(WORDS[state] ?? before, { place });
        // What is written again may be read aloud again.
        if (text !== before) {
            card.dispatchEvent(new CustomEvent('snippet:state', { bubbles: true, detail: text }));
        }
        return text;
    };

    /**
     * Tells how the run gets on, until `over` is aborted.
     * @type {(card: Element, run: string, over: AbortSignal) => Promise<void>}
     */
    const watch = async (card, run, over) => {
        let said = card.querySelector('.snippet-status')?.textContent ?? '';
        while (!over.aborted) {
            await new Promise(resolve => setTimeout(resolve, 500));
            try {
                const response = await fetch(`/-/qabook/runs/${run}`, { headers: { 'X-Qabook-Token': token }, signal: over });
                const state = response.ok ? await response.json() : null;
                if (state && !over.aborted) {
                    said = showState(card, state, said);
                }
            } catch {
                // What is wrong, the answer to the run itself tells.
            }
        }
    };

    /** @type {(card: Element, request: Record<string, unknown>, signal: AbortSignal) => Promise<Response>} */
    const send = async (card, request, signal) => {
        const run = randomId();
        const over = new AbortController();
        watch(card, run, over.signal);
        try {
            const response = await fetch('/execute', {
                method: 'POST',
                headers: {
                    'Content-Type': 'application/json',
                    'X-Qabook-Token': token,
                    'X-Qabook-Page': page,
                    'X-Qabook-Run': run,
                },
                body: JSON.stringify(request),
                signal,
            });
            // The body, too: until it is there the run isn't over.
            return new Response(await response.text(), { status: response.status });
        } finally {
            over.abort();
            showProgress(card, false);
        }
    };

    /** @type {(status: number, error: string, instead: string) => Ending} */
    const refusal = (status, error, instead) => {
        const [first, ...more] = error.split('\n');
        const known = (WORDS[`status-${status}`] ?? WORDS.failed) + fill(WORDS.status, { status });
        // What the server says of these is what is said here already.
        const detail = ([401, 413, 429].includes(status) || !first ? known : known + WORDS.colon + first) + instead;
        // More than a line are the words of cargo, which can't compile the dependencies.
        const kind = more.length ? 'compile' : 'unavailable';
        return { kind, detail, stdout: '', stderr: more.join('\n'), lead: WORDS.here, own: true };
    };

    /** @type {(ending: Ending, answer: Answer, compiling: boolean) => Ending} */
    const complete = (ending, { milliseconds, compileMilliseconds, version, limit }, compiling) => {
        const time = compiling ? `${WORDS.compiled} ${compileMilliseconds}` : milliseconds;
        const ended = { ...ending, lead: `${WORDS.here} · ${version} · ${time} ${WORDS.milliseconds}` };
        const why = compiling && limit === 'time' ? WORDS['slow-compile'] : WORDS[limit ?? ''] ?? limit;
        return limit ? { ...ended, kind: 'runtime', detail: why } : ended;
    };

    /** @type {(ending: Ending, answer: Answer) => Ending} A limit of the compiler's leaves no time for the program. */
    const completeRust = (ending, answer) =>
        complete(ending, answer, ending.kind === 'compile' || (answer.limit !== null && answer.milliseconds === 0));

    /** @type {(record: string | null | undefined) => (ending: Ending, answer: Answer) => Ending} Python has a record of its own. */
    const completePython = record => (ending, answer) => {
        const compared = typeof record !== 'string' ? '' : ending.stdout === record ? WORDS.same : WORDS.different;
        const detail = answer.success ? compared : ending.detail;
        return complete({ ...ending, kind: answer.success ? 'success' : 'runtime', detail, own: true }, answer, false);
    };

    /** @type {(card: HTMLElement, service: Service, isPython: boolean) => Service} */
    const here = (card, service, isPython) => {
        const code = card.querySelector('.snippet-python pre')?.textContent ?? '';
        const request = isPython ? { ...service.request, language: 'python', code } : service.request;
        // The Playground has no Python.
        const instead = isPython ? '' : WORDS.instead;
        return {
            request,
            send: signal => send(card, request, signal),
            needsNetwork: false,
            patience: 0,
            unexplained: '',
            refused: (status, error) => refusal(status, error, instead),
            unreached: WORDS.stopped + instead,
            complete: isPython ? completePython(card.querySelector('.snippet-printed samp')?.textContent) : completeRust,
        };
    };

    /** @type {(card: HTMLElement, service: Service) => Service} */
    const choose = (card, service) => {
        const how = wanted.get(card);
        pythonRuns[how === 'python' ? 'add' : 'delete'](card);
        // Once on a page.
        if (!rustc && how !== 'python' && !document.querySelector('.snippet-note')) {
            card.querySelector('.snippet-outbar')?.after(make('p', 'snippet-note', WORDS['no-rust']));
        }
        return how === 'python' || (rustc && how !== 'playground') ? here(card, service, how === 'python') : service;
    };

    /** @type {(card: HTMLElement, how: 'playground' | 'python') => void} */
    const runAs = (card, how) => {
        wanted.set(card, how);
        /** @type {HTMLElement | null} */ (card.querySelector('[data-do="run"]'))?.click();
        wanted.delete(card);
    };

    /** @type {(card: HTMLElement, name: string, text: string, how: 'playground' | 'python') => HTMLElement} */
    const makeButton = (card, name, text, how) => {
        const button = make('button', '', text);
        button.dataset.do = name;
        button.addEventListener('click', () => runAs(card, how));
        return button;
    };

    /** @type {(card: HTMLElement) => void} After a run of Python: whose output it is. */
    const labelPython = card => {
        const fresh = card.querySelector('.snippet-fresh');
        fresh?.prepend(make('p', 'snippet-label', WORDS.printed));
        fresh?.querySelector('[role="group"]')?.setAttribute('aria-label', WORDS.printed);
    };

    document.addEventListener('snippet:service', event => {
        const card = /** @type {HTMLElement} */ (event.target);
        const { detail } = /** @type {CustomEvent<{ service: Service }>} */ (event);
        card.querySelector('[data-do="run-python"]')?.setAttribute('aria-disabled', 'true');
        detail.service = choose(card, detail.service);
    });

    document.addEventListener('snippet:ended', event => {
        const card = /** @type {HTMLElement} */ (event.target);
        card.querySelector('[data-do="run-python"]')?.removeAttribute('aria-disabled');
        if (pythonRuns.has(card)) {
            // When the book's scripts have shown it, which may have come after this one.
            queueMicrotask(() => labelPython(card));
        }
    });

    /** @type {(card: HTMLElement, run: HTMLElement) => void} */
    const addButtons = (card, run) => {
        if (rustc) {
            const there = makeButton(card, 'run-there', WORDS.there, 'playground');
            // It goes while the program runs.
            there.addEventListener('click', () => run.focus());
            run.after(there);
        }
        const label = card.querySelector('.snippet-python .snippet-label');
        if (python && label) {
            const button = makeButton(card, 'run-python', WORDS.run, 'python');
            button.setAttribute('aria-label', WORDS['run-python']);
            label.append(' ', button);
        }
    };

    for (const run of document.querySelectorAll('.snippet [data-do="run"]:not([hidden])')) {
        const card = run.closest('.snippet');
        if (run instanceof HTMLElement && card instanceof HTMLElement) {
            addButtons(card, run);
        }
    }

    /** The book's scripts say on the buttons that nothing can be run without a network. */
    const withoutTitles = () => {
        for (const run of document.querySelectorAll('.snippet [data-do="run"]')) {
            run.removeAttribute('title');
        }
    };
    if (rustc) {
        addEventListener('offline', withoutTitles);
        withoutTitles();
    }
}
