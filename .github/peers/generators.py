"""The chapters of this book as plain Markdown, and the generators that make a site of them."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command, cwd=None, env=None):
    """Runs a command to its end; returns CPU seconds, seconds and MB of its largest process."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}\n{said.decode(errors='replace')[-3000:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


class Chapters:
    """The chapters as plain Markdown, which every generator reads: programs in fences, no settings, no formulas' engine."""

    def __init__(self):
        summary = (ROOT / "src/SUMMARY.md").read_text()
        self.listed = re.findall(r"^- \[(.+)\]\((\S+)\.md\)$", summary, re.M)
        self.texts = {name: self.plain(name) for _, name in self.listed}

    @staticmethod
    def plain(name):
        text = (ROOT / "src" / f"{name}.md").read_text()
        text = re.sub(r"\A\+\+\+\n.*?\n\+\+\+\n", "", text, flags=re.S)

        def program(found):
            source = ROOT / "snippets/examples" / found[1].split(":")[0] / "main.rs"
            return f"```rust\n{source.read_text()}```" if source.exists() else ""

        text = re.sub(r"\{\{#snippet ([^\s}]+)[^}]*\}\}", program, text)
        text = re.sub(r"^(```\w+),.*$", r"\1", text, flags=re.M)
        # Anchors of headings are written in as many ways as there are generators.
        text = re.sub(r"^(#+ .*?) *\{#[^}]*\}$", r"\1", text, flags=re.M)
        return re.sub(r"\]\(([^)#\s]+\.md)#[^)]*\)", r"](\1)", text)

    def write(self, folder, change=lambda text: text):
        for name, text in self.texts.items():
            file = folder / f"{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(change(text))
        (folder / "index.md").write_text("# " + tomllib.loads((ROOT / "book.toml").read_text())["book"]["title"] + "\n")


class Generator:
    """One way to make the site: `install` once, `prepare` a folder with the chapters, `command` to build it."""

    site = "site"
    page = "{}.html"

    def __init__(self, work, chapters):
        self.folder = work / type(self).__name__.lower()
        self.chapters = chapters
        self.folder.mkdir(exist_ok=True)

    @staticmethod
    def missing():
        """Whether a command lacks that isn't installed here."""
        return False

    def caches(self):
        return []

    def clean(self):
        for folder in [self.site, *self.caches()]:
            shutil.rmtree(self.folder / folder, ignore_errors=True)

    def sources(self):
        return self.folder / "src"


class Qabook(Generator):
    name = "qabook"

    def install(self):
        run("cargo", "build", "--release", "--quiet", cwd=ROOT)

    def prepare(self):
        copied = ["book.toml", "check.toml", "published.txt", "synonyms.toml", "src", "snippets", "theme"]
        for entry in copied:
            target = self.folder / entry
            if (ROOT / entry).is_dir():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(ROOT / entry, target)
            elif (ROOT / entry).exists():
                shutil.copy(ROOT / entry, target)

    def command(self):
        return ["env", f"QABOOK_CACHE={self.folder / 'cache'}", ROOT / "target/release/qabook", "build", "--root", self.folder]

    site = "book"

    def caches(self):
        return ["cache"]


class MdBook(Generator):
    name = "mdBook"
    site = "book"

    def install(self):
        self.binary = self.folder / "bin/mdbook"
        if not self.binary.exists():
            run("cargo", "install", "--quiet", "--locked", "--root", self.folder, "mdbook", "--version", "0.5.4",
                "--no-default-features", "--features", "search")

    def prepare(self):
        self.chapters.write(self.sources())
        lines = [f"- [{title}]({name}.md)" for title, name in self.chapters.listed]
        (self.sources() / "SUMMARY.md").write_text("# Summary\n\n[Home](index.md)\n\n" + "\n".join(lines) + "\n")
        (self.folder / "book.toml").write_text('[book]\ntitle = "Questions"\nlanguage = "zh-CN"\n')

    def command(self):
        return [self.binary, "build", self.folder]


class VitePress(Generator):
    name = "VitePress"
    site = ".vitepress/dist"

    def install(self):
        if not (self.folder / "node_modules/vitepress").exists():
            (self.folder / "package.json").write_text('{"private":true,"type":"module"}')
            run("npm", "install", "--silent", "--no-audit", "--no-fund", "--foreground-scripts", "vitepress@1.6.4", cwd=self.folder)
            run("node", "node_modules/esbuild/install.js", cwd=self.folder)

    def sources(self):
        return self.folder

    def prepare(self):
        # What its templates would take for an expression or an element is shown as it is written.
        self.chapters.write(self.folder, lambda text: f"::: v-pre\n{text}\n:::\n")
        items = [{"text": title, "link": f"/{name}"} for title, name in self.chapters.listed]
        settings = {"title": "Questions", "lang": "zh-CN", "ignoreDeadLinks": True, "srcExclude": ["node_modules/**"],
                    "markdown": {"html": False}, "themeConfig": {"sidebar": items, "search": {"provider": "local"}}}
        (self.folder / ".vitepress").mkdir(exist_ok=True)
        (self.folder / ".vitepress/config.mjs").write_text(f"export default {json.dumps(settings, ensure_ascii=False)}\n")

    def command(self):
        return ["node", "node_modules/vitepress/bin/vitepress.js", "build"]

    def caches(self):
        return [".vitepress/cache"]


class Docusaurus(Generator):
    name = "Docusaurus"
    site = "build"
    page = "{}/index.html"

    def install(self):
        if not (self.folder / "node_modules/@docusaurus/core").exists():
            (self.folder / "package.json").write_text('{"private":true}')
            run("npm", "install", "--silent", "--no-audit", "--no-fund", "@docusaurus/core@3.10.2", "@docusaurus/preset-classic@3.10.2",
                "react@19", "react-dom@19", cwd=self.folder)

    def sources(self):
        return self.folder / "docs"

    def prepare(self):
        # Raw HTML would be JSX to it; as CommonMark it is text.
        self.chapters.write(self.sources())
        settings = {"title": "Questions", "url": "http://127.0.0.1", "baseUrl": "/", "i18n": {"defaultLocale": "zh-CN", "locales": ["zh-CN"]},
                    "onBrokenLinks": "ignore", "onBrokenAnchors": "ignore",
                    "markdown": {"format": "md", "hooks": {"onBrokenMarkdownLinks": "ignore", "onBrokenMarkdownImages": "ignore"}},
                    "presets": [["classic", {"docs": {"routeBasePath": "/", "numberPrefixParser": False}, "blog": False, "pages": False}]]}
        (self.folder / "docusaurus.config.js").write_text(f"module.exports = {json.dumps(settings, ensure_ascii=False)}\n")

    def command(self):
        return ["node", "node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"]

    def caches(self):
        return [".docusaurus", "node_modules/.cache"]


class Material(Generator):
    name = "MkDocs Material"
    page = "{}/index.html"

    def install(self):
        if not (self.folder / "venv/bin/mkdocs").exists():
            run(sys.executable, "-m", "venv", self.folder / "venv")
            run(self.folder / "venv/bin/pip", "install", "--quiet", "mkdocs-material==9.7.1")

    def sources(self):
        return self.folder / "docs"

    def prepare(self):
        self.chapters.write(self.sources())
        pages = [{title: f"{name}.md"} for title, name in self.chapters.listed]
        extensions = ["admonition", "pymdownx.superfences", "pymdownx.highlight"]
        settings = {"site_name": "Questions", "theme": {"name": "material", "language": "zh", "font": False}, "plugins": ["search"],
                    "markdown_extensions": extensions, "nav": [{"Home": "index.md"}, *pages]}
        # JSON is YAML.
        (self.folder / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False))

    def command(self):
        return [self.folder / "venv/bin/mkdocs", "build", "--quiet"]


class Hugo(Generator):
    name = "Hugo (no theme)"
    site = "public"
    page = "{}/index.html"

    @staticmethod
    def missing():
        return shutil.which("hugo") is None

    def install(self):
        pass

    def sources(self):
        return self.folder / "content"

    def prepare(self):
        self.chapters.write(self.sources())
        (self.sources() / "index.md").rename(self.sources() / "_index.md")
        layouts = self.folder / "layouts/_default"
        layouts.mkdir(parents=True, exist_ok=True)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{{ .Title }}</title><main>{{ .Content }}</main></html>"
        for kind in ["single", "list"]:
            (layouts / f"{kind}.html").write_text(page)
        (self.folder / "hugo.toml").write_text('title = "Questions"\nbaseURL = "http://127.0.0.1/"\n')

    def command(self):
        return ["hugo", "--quiet"]

    def caches(self):
        return ["resources"]


GENERATORS = [Qabook, MdBook, VitePress, Docusaurus, Material, Hugo]
