//! The book as readers get it: built for publishing, and served below a sub-path by a plain static server.

use anyhow::{Context, Result, ensure};
use axum::Router;
use qabook::site::files;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

use crate::trials::book_root;

/// A path for sites that tell none.
pub(crate) const SUB_PATH: &str = "/wenxiu/";

/// A finished site and its archive.
pub(crate) struct Published {
    pub(crate) folder: PathBuf,
    archive: Option<PathBuf>,
    _temporary: Option<TempDir>,
}

impl Published {
    /// The site in the folder that `QABOOK_SITE` names, such as the artifact of a workflow, or the book in `root`, built with
    /// `endpoint` in the place of the Playground.
    pub(crate) fn of(root: &Path, endpoint: &str) -> Result<Self> {
        if let Some(folder) = std::env::var_os("QABOOK_SITE") {
            return Ok(Self::in_folder(folder.into()));
        }
        let temporary = tempfile::tempdir()?;
        let (folder, archive) = (temporary.path().join("site"), temporary.path().join("wenxiu.zip"));
        let built = Command::new(env!("CARGO_BIN_EXE_qabook"))
            .args(["build", "--quiet", "--root"])
            .arg(root)
            .arg("--zip")
            .arg(&archive)
            .env("MDBOOK_PREPROCESSOR__SNIPPETS__ENDPOINT", endpoint)
            .env("MDBOOK_BUILD__BUILD_DIR", &folder)
            .output()?;
        ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Ok(Self { folder, archive: Some(archive), _temporary: Some(temporary) })
    }

    /// The finished site in `folder`.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder, archive: None, _temporary: None }
    }

    /// Whether the test built it itself, without the book's other forms, which other commands make.
    pub(crate) fn lacks_downloads(&self) -> bool {
        self.archive.is_some()
    }

    /// Unpacks the archive into `folder` and returns the folder that it holds; without an archive, a copy of the site.
    pub(crate) fn unpack(&self, folder: &Path) -> Result<PathBuf> {
        let Some(archive) = &self.archive else {
            let copy = folder.join("wenxiu");
            copy_folder(&self.folder, &copy)?;
            return Ok(copy);
        };
        zip::ZipArchive::new(std::fs::File::open(archive)?)?.extract(folder)?;
        Ok(folder.join("wenxiu"))
    }

    /// Serves the site below the path where it says that it is: by the `<base>` of its 404.html.
    pub(crate) async fn serve(&self) -> Result<Host> {
        let page = std::fs::read_to_string(self.folder.join("404.html")).context("404.html")?;
        let base = page.split_once("<base href=\"").and_then(|(_, rest)| rest.split_once('"'));
        let (base, _) = base.context("404.html has no <base>: set site-url")?;
        let path = base.split_once("://").map_or(base, |(_, rest)| rest.find('/').map_or("/", |start| &rest[start..]));
        Host::serve(&self.folder, path).await
    }

    /// All pages, relative to the site's root.
    pub(crate) fn pages(&self) -> Result<Vec<String>> {
        let mut pages = Vec::new();
        for file in files(&self.folder)? {
            let name = file.strip_prefix(&self.folder)?.to_string_lossy().replace('\\', "/");
            if file.extension().is_some_and(|extension| extension == "html") {
                pages.push(name);
            }
        }
        pages.sort();
        ensure!(!pages.is_empty(), "no pages in {}", self.folder.display());
        Ok(pages)
    }
}

/// book.toml of the whole book.
pub(crate) fn settings() -> Result<toml::Table> {
    Ok(std::fs::read_to_string(book_root().join("book.toml"))?.parse()?)
}

/// The title of the whole book; a fork has its own.
pub(crate) fn title() -> Result<String> {
    Ok(settings()?["book"]["title"].as_str().context("title")?.to_string())
}

/// Copies a folder with all that it holds.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let copy = to.join(file.strip_prefix(from)?);
        std::fs::create_dir_all(copy.parent().context("a file has a folder")?)?;
        std::fs::copy(&file, &copy)?;
    }
    Ok(())
}

/// A static server that knows nothing of the book; ended when dropped.
pub(crate) struct Host {
    task: JoinHandle<()>,
    address: String,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Host {
    /// Serves `folder` below `sub_path`.
    pub(crate) async fn serve(folder: &Path, sub_path: &str) -> Result<Self> {
        let files = ServeDir::new(folder);
        let app = match sub_path.trim_end_matches('/') {
            "" => Router::new().fallback_service(files),
            path => Router::new().nest_service(path, files),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}{sub_path}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            // An error here shows as a page that can't be loaded.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { task, address })
    }

    /// The address of a file of the site; the empty name is the home page.
    pub(crate) fn address(&self, file: &str) -> String {
        format!("{}{file}", self.address)
    }

    /// The path of the site on the host, with a slash at both ends.
    pub(crate) fn path(&self) -> &str {
        self.address.splitn(4, '/').nth(3).map_or("/", |path| &self.address[self.address.len() - path.len() - 1..])
    }

    /// Ends the server: from here on connections are refused.
    pub(crate) async fn stop(mut self) -> u16 {
        self.task.abort();
        // Only when the task has ended is the port closed.
        let _ = (&mut self.task).await;
        let rest = self.address.split(':').nth(2).unwrap_or_default();
        rest.split('/').next().and_then(|port| port.parse().ok()).unwrap_or_default()
    }
}
