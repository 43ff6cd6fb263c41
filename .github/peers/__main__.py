"""Builds the chapters of this book by qabook and by other generators, and measures all in one run, so that their ratios hold on any machine.

Usage: python3 .github/peers [--runs N] [--only NAME,NAME] [FOLDER]

Prints a table for the documentation. Of each generator: what a build costs, cold and after one edit; and what a reader waits
for on a chapter: bytes and requests of the first visit, FCP, LCP and blocking time on a processor slowed down to a quarter and
a slow 4G line (150 ms, 1.6 Mbit/s: Lighthouse's phone). FOLDER keeps what is installed for the next run.

Needs cargo, npm, python3 with venv, chromium and chromedriver; hugo on the PATH, else it is left out. The others come from
crates.io, npm and PyPI. Not part of .ci/run: it installs several hundred packages.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

# No folder of compiled files in the repository.
sys.dont_write_bytecode = True

from browser import Browser, Server
from generators import GENERATORS, Chapters, run

# A chapter with diagrams and a program, and one with long tables.
READ = ["network/tcp-handshake", "os-io/select-poll-epoll"]
EDITED = "network/arp"


def measure_build(generator, runs):
    generator.prepare()
    edited = generator.sources() / f"{EDITED}.md"
    cold, edit = [], []
    for round in range(runs):
        generator.clean()
        cold.append(run(*generator.command(), cwd=generator.folder))
        text = edited.read_text()
        edited.write_text(text.replace("ARP", f"ARP {round}", 1))
        edit.append(run(*generator.command(), cwd=generator.folder))
        edited.write_text(text)
    return [[statistics.median(column) for column in zip(*rows)] for rows in (cold, edit)]


def measure_pages(generator, browser, runs):
    server = Server(generator.folder / generator.site)
    address = f"http://127.0.0.1:{server.server_port}/"
    visits = {}
    for name in READ:
        found = [browser.first_visit(address + generator.page.format(name)) for _ in range(runs)]
        visits[name] = {key: statistics.median(visit[key] for visit in found) for key in found[0]}
    server.shutdown()
    return visits


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", default="")
    options = options.parse_args()
    work = (options.folder or Path(tempfile.mkdtemp())).resolve()
    work.mkdir(parents=True, exist_ok=True)
    chapters = Chapters()
    wanted = [word for word in options.only.lower().split(",") if word]
    builds, pages = [], []
    with Browser() as browser:
        for kind in GENERATORS:
            if wanted and kind.__name__.lower() not in wanted or kind.missing():
                continue
            generator = kind(work, chapters)
            generator.install()
            (cpu, wall, memory), (edit_cpu, edit_wall, _) = measure_build(generator, options.runs)
            builds.append(f"| {kind.name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {edit_cpu:.2f} | {edit_wall:.2f} |")
            for name, visit in measure_pages(generator, browser, options.runs).items():
                cells = [f"{visit['KB']:.1f}", f"{visit['requests']:.0f}"]
                cells += [f"{visit[key]:.0f}" for key in ("FCP", "LCP", "TBT")] + [f"{visit['CLS']:.3f}"]
                pages.append(f"| {kind.name} | {name.split('/')[-1]} | {' | '.join(cells)} |")
            print(builds[-1], *pages[-2:], sep="\n", file=sys.stderr)
    print(f"{time.strftime('%Y-%m-%d')}, {len(chapters.listed)} chapters, medians of {options.runs} runs\n")
    print("| | cold CPU-s | s | MB | one edit CPU-s | s |\n|---|---|---|---|---|---|")
    print(*builds, sep="\n")
    print("\n| | chapter | html + css + js, KB gz | requests | FCP ms | LCP ms | TBT ms | CLS |\n|---|---|---|---|---|---|---|---|")
    print(*pages, sep="\n")
    if not options.folder:
        shutil.rmtree(work)


main()
