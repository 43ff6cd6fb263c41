//! Writes a made-up site for measuring: `cargo run --release -p mdbook-zh-search --example synthesize -- 5000 target/large`.
//!
//! Pages look like mdBook's, with a `<main>` of three sections, about 1.4 KB of text each page, as in the report that
//! compares engines. Words are drawn by Zipf's law from 20,000 of one to four 汉字, which are drawn by Zipf's law too; a
//! tenth are Latin. The same number gives the same site.

// Random numbers and their ranges are far below what these types hold.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

const WORDS: usize = 20_000;
const TEXT_BYTES: usize = 1_400;

/// A small generator of its own, so that a site never changes with a library: `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `below`, small numbers far more often: the rank of a word by Zipf's law.
    fn zipf(&mut self, below: usize) -> usize {
        let fraction = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((below as f64).powf(fraction) - 1.0) as usize
    }

    fn word(&mut self) -> String {
        if self.next().is_multiple_of(10) {
            let length = 3 + self.next() % 7;
            return (0..length).map(|_| char::from(b'a' + (self.next() % 26) as u8)).collect();
        }
        let length = [2, 2, 2, 3, 1, 4][(self.next() % 6) as usize];
        (0..length).filter_map(|_| char::from_u32(0x4e00 + (self.zipf(3_500) * 5) as u32)).collect()
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [pages, folder] = arguments.as_slice() else { anyhow::bail!("usage: synthesize PAGES FOLDER") };
    let (pages, folder): (usize, _) = (pages.parse()?, PathBuf::from(folder));
    let mut random = Random(1);
    let words: Vec<String> = (0..WORDS).map(|_| random.word()).collect();
    for page in 0..pages {
        let mut text = |bytes: usize| {
            let mut text = String::new();
            while text.len() < bytes {
                text.push_str(&words[random.zipf(WORDS)]);
                text.push_str(["", "", "", "，", "。", " "][(random.next() % 6) as usize]);
            }
            text
        };
        let mut main = format!("<h1 id=\"top\">{} {page}</h1>", text(30));
        for section in 0..3 {
            write!(main, "<h2 id=\"s{section}\">{}</h2><p>{}</p>", text(20), text(TEXT_BYTES / 3))?;
        }
        let html =
            format!("<!DOCTYPE HTML><html><head><title>{page}</title>\n</head><body><main>{main}</main></body></html>");
        // A folder with 50,000 files is slow to look at.
        let path = folder.join(format!("{}", page / 1000));
        fs::create_dir_all(&path)?;
        fs::write(path.join(format!("{page}.html")), html)?;
    }
    eprintln!("{pages} pages in {}", folder.display());
    Ok(())
}
