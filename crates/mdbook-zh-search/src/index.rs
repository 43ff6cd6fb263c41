//! From a site to its index.

use qabook_words::Words;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::astray::Astray;
use crate::client;
use crate::config::Config;
use crate::document::{self, Document, IN_TITLE};
use crate::error::Error;
use crate::files::{self, IndexFolder};
use crate::fold::{is_han, simplify};
use crate::meta::Meta;
use crate::page::{Asked, Page};
use crate::postings::Inverter;
use crate::readings::Readings;
use crate::score::Statistics;
use crate::stamp::Stamp;
use crate::terms::TermFiles;
use crate::texts::TextFiles;
use crate::wording::{ASKING, ASKING_LATIN, COMMON, ENDINGS, NO_WORDS, PARTICLES};
use crate::words::Words as LatinWords;

/// Pages that are read at once: enough for all cores, few enough for memory.
const BATCH: usize = 64;

/// Wordings of questions that the client is told, from all over the book: it loads them with every query.
const ASKED_MAX: usize = 8;

/// mdBook's own pages that repeat others or hold no text of the book.
const NOT_PAGES: [&str; 3] = ["404.html", "print.html", "toc.html"];

/// mdBook writes the first chapter again as the home page, unless it is the home page.
const HOME: &str = "index.html";

/// What [`index`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The index folder's name in the site.
    pub folder: String,
    /// Pages that can be found.
    pub pages: usize,
    /// Terms of the index.
    pub terms: usize,
    /// Files that were written.
    pub files: usize,
    /// Bytes that were written.
    pub bytes: u64,
    /// What was left out, and why: a line each.
    pub notes: Vec<String>,
    /// Questions in readers' words of sections that aren't there.
    pub astray: Vec<Astray>,
}

/// `indexed 65 pages: …`, for people.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, terms, files, bytes, folder, .. } = self;
        write!(f, "indexed {pages} pages: {terms} terms in {files} files, {} KB, in {folder}", bytes / 1000)
    }
}

/// Indexes the site in `site`, tells its pages where the index is, and removes older indexes. The search box says
/// those of `words`.
///
/// The same pages give the same bytes. The index takes its place by a rename, and only then are pages told of it.
///
/// # Errors
/// A folder without an mdBook page, and files that can't be read or written.
pub fn index(site: &Path, config: &Config, words: &Words) -> Result<Report, Error> {
    let (report, stamp) = write(site, config, words)?;
    files::html_files(site)?.par_iter().try_for_each(|(address, path)| stamp.put(address, path))?;
    files::remove_old(site, &stamp.index, &stamp.client)?;
    Ok(report)
}

/// Indexes the site in `site` and leaves its pages as they are: each needs the [`Stamp`], which is returned. For a
/// renderer that rewrites its pages anyway and so needn't have them read and written once more.
///
/// # Errors
/// Those of [`index`].
pub fn write(site: &Path, config: &Config, words: &Words) -> Result<(Report, Stamp), Error> {
    if !site.is_dir() {
        return Err(Error::NoSite(site.to_path_buf()));
    }
    let all = files::html_files(site)?;
    let mut builder = Builder::new(site, config, all.len())?;
    let (home, pages): (Vec<_>, Vec<_>) = all
        .iter()
        .filter(|(address, _)| !NOT_PAGES.contains(&address.as_str()))
        .partition(|(address, _)| address == HOME);
    let repeated = config.repeated_sections();
    for batch in pages.chunks(BATCH).chain(home.chunks(1)) {
        let read: Vec<_> = batch.par_iter().map(|(address, path)| (address, read(address, path, &repeated))).collect();
        for (address, read) in read {
            builder.add(address, read?)?;
        }
    }
    if builder.documents == 0 && builder.notes.is_empty() && builder.empty == 0 {
        return Err(Error::NoSite(site.to_path_buf()));
    }
    let report = builder.finish(site)?;
    let stamp = Stamp { client: client::write(site, words)?, index: report.folder.clone() };
    Ok((report, stamp))
}

/// What was read of a file.
enum Read {
    /// Not one of mdBook's pages: a redirect, the table of contents.
    Other,
    NotUtf8,
    Page(Page, Vec<Document>),
}

fn read(address: &str, path: &PathBuf, repeated: &[&str]) -> Result<Read, Error> {
    tracing::trace!(target: "html", file = address, "read");
    let bytes = fs::read(path).map_err(|source| Error::io(path, source))?;
    let Ok(html) = String::from_utf8(bytes) else { return Ok(Read::NotUtf8) };
    let Some(page) = Page::parse(&html) else { return Ok(Read::Other) };
    drop(html);
    let mut documents = document::documents(&page, repeated);
    if page.title.is_empty() {
        for document in &mut documents {
            document.title = address.to_string();
        }
    }
    Ok(Read::Page(page, documents))
}

struct Builder<'a> {
    config: &'a Config,
    folder: IndexFolder,
    texts: TextFiles,
    inverter: Inverter,
    statistics: Statistics,
    readings: Readings,
    /// Traditional characters of the site, with their simplified forms.
    traditional: BTreeMap<char, char>,
    /// The first other wording of each page that has some.
    asked: Vec<String>,
    /// Hashes of the pages so far, to know a repeated home page.
    seen: HashSet<u64>,
    documents: u32,
    pages: usize,
    empty: usize,
    notes: Vec<String>,
    astray: Vec<Astray>,
    path: PathBuf,
}

impl<'a> Builder<'a> {
    fn new(site: &Path, config: &'a Config, files: usize) -> Result<Self, Error> {
        Ok(Self {
            config,
            folder: IndexFolder::new(site)?,
            texts: TextFiles::new(files),
            inverter: Inverter::default(),
            statistics: Statistics::default(),
            readings: Readings::default(),
            traditional: BTreeMap::new(),
            asked: Vec::new(),
            seen: HashSet::new(),
            documents: 0,
            pages: 0,
            empty: 0,
            notes: Vec::new(),
            astray: Vec::new(),
            path: site.to_path_buf(),
        })
    }

    fn add(&mut self, address: &str, read: Read) -> Result<(), Error> {
        let (page, documents) = match read {
            Read::Other => return Ok(()),
            Read::NotUtf8 => {
                self.notes.push(format!("{address}: left out of the search index: it isn't UTF-8"));
                return Ok(());
            }
            Read::Page(page, documents) => (page, documents),
        };
        if documents.is_empty() {
            self.empty += 1;
            self.notes.push(format!("{address}: left out of the search index: its <main> holds no text"));
            return Ok(());
        }
        let repeated = !self.seen.insert(hash(&documents));
        if repeated && address == HOME {
            return Ok(());
        }
        self.pages += 1;
        self.readings.heading(&page.title);
        page.sections.iter().for_each(|section| self.readings.heading(&section.heading));
        self.readings.keywords(&page.keywords);
        self.asked.extend(page.asked.first().map(|asked| asked.text.clone()));
        let astray = page.without_section().cloned();
        self.astray.extend(astray.map(|Asked { text, anchor }| Astray { page: address.into(), text, anchor }));
        for document in documents {
            self.document(address, document).map_err(|source| Error::io(&self.path, source))?;
        }
        Ok(())
    }

    fn document(&mut self, address: &str, mut document: Document) -> io::Result<()> {
        let number = self.documents;
        self.documents += 1;
        self.statistics.add(document.length, document.title_length, self.config.is_overview(address));
        let passages = std::mem::take(&mut document.passages);
        let Document { title, keywords, .. } = &document;
        let of_passages = passages.iter().flat_map(|passage| [&passage.text, &passage.heading, &passage.asked]);
        for c in of_passages.chain([title, keywords]).flat_map(|text| text.chars()) {
            if simplify(c) != c {
                self.traditional.insert(c, simplify(c));
            }
        }
        self.texts.add(number, address, title, keywords, passages, &mut self.folder)?;
        self.inverter.add(number, document)
    }

    fn finish(mut self, site: &Path) -> Result<Report, Error> {
        let (terms, meta) = self.write_terms().map_err(|source| Error::io(&self.path, source))?;
        let write = |folder: &mut IndexFolder| folder.write("meta", &meta);
        write(&mut self.folder).map_err(|source| Error::io(&self.path, source))?;
        let (files, bytes, pages) = (self.folder.files, self.folder.bytes, self.pages);
        let (notes, astray) = (self.notes, self.astray);
        Ok(Report { folder: self.folder.publish(site)?, pages, terms, files, bytes, notes, astray })
    }

    /// Writes everything but the `meta` file, which it returns with the number of terms.
    fn write_terms(&mut self) -> io::Result<(usize, Meta)> {
        let folder = &mut self.folder;
        let statistics = &self.statistics;
        let mut readings = std::mem::take(&mut self.readings);
        let synonyms = self.config.all_synonyms();
        synonyms.same.iter().chain(&synonyms.near).flatten().for_each(|word| readings.word(word));
        let mut words = LatinWords::default();
        let mut files = TermFiles::new(statistics.len());
        let (mut terms, mut has_han) = (0, false);
        std::mem::take(&mut self.inverter).finish(|term, postings| {
            terms += 1;
            has_han |= term.starts_with(is_han);
            let documents = postings.len() as u32;
            words.add(term, documents);
            readings.pair(
                term,
                documents,
                postings.iter().map(|posting| posting.entry.weight).sum(),
                statistics.len(),
                postings.iter().any(|posting| posting.entry.fields >= IN_TITLE),
            );
            files.add(term, &statistics.encode(term, postings), folder)
        })?;
        let first_terms = files.finish(folder)?;
        for (name, script) in client::on_demand() {
            folder.write_script(name, &script)?;
        }
        let words = words.write(folder)?;
        let readings = readings.write(has_han, folder)?;
        // A book without 汉字 has no use for theirs.
        let of_han = |wording: &'static str, none| if has_han { wording } else { none };
        let texts = std::mem::replace(&mut self.texts, TextFiles::new(0)).finish(folder)?;
        let traditional = self.traditional.iter().map(|(from, to)| format!("{from}{to}")).collect();
        let every = self.asked.len().div_ceil(ASKED_MAX).max(1);
        let asked = std::mem::take(&mut self.asked).into_iter().step_by(every).collect();
        Ok((
            terms,
            Meta {
                documents: statistics.len(),
                terms: first_terms,
                texts,
                traditional,
                synonyms,
                asked,
                words,
                readings,
                asking: of_han(ASKING, NO_WORDS),
                common: of_han(COMMON, NO_WORDS),
                asking_latin: ASKING_LATIN,
                endings: ENDINGS,
                particles: of_han(PARTICLES, ""),
            },
        ))
    }
}

fn hash(documents: &[Document]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for document in documents {
        document.title.hash(&mut hasher);
        document.passages.iter().for_each(|passage| (&passage.heading, &passage.text).hash(&mut hasher));
    }
    hasher.finish()
}
