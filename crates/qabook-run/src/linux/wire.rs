//! What `Sandbox::run`, the supervisor and the inner process tell each other, over pairs of sockets.

use crate::{End, Job, Layers, Limit, Limits};
use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;
use std::time::Duration;

/// What is to be done, from `Sandbox` to the supervisor and from there to the inner process.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The arguments after which the calling binary is a helper.
    pub(super) helper: Vec<OsString>,
    /// Whether to make namespaces.
    pub(super) namespaces: bool,
    /// Layers without which nothing may run.
    pub(super) required: Layers,
    /// Whether the layers alone are asked for, and no program is run.
    pub(super) probe: bool,
    /// The program.
    pub(super) job: Job,
}

/// How it went, the other way.
#[derive(Clone, Debug)]
pub(super) struct Report {
    /// The layers that were made.
    pub(super) layers: Layers,
    /// How the program ended, or why it wasn't run.
    pub(super) end: Result<End, String>,
}

impl Order {
    /// Sends the order.
    pub(super) fn send(&self, mut to: impl Write) -> io::Result<()> {
        let mut bytes = Bytes(Vec::new());
        bytes.list(self.helper.iter().map(OsString::as_os_str));
        bytes.number(u64::from(self.namespaces));
        bytes.number(u64::from(layers_to_bits(self.required)));
        bytes.number(u64::from(self.probe));
        let Job { program, arguments, environment, folder, readable, limits } = &self.job;
        bytes.text(program.as_os_str());
        bytes.list(arguments.iter().map(OsString::as_os_str));
        bytes.list(environment.iter().flat_map(|(name, value)| [name.as_os_str(), value.as_os_str()]));
        bytes.text(folder.as_os_str());
        bytes.list(readable.iter().map(|path| path.as_os_str()));
        bytes.number(u64::try_from(limits.wall.as_millis()).unwrap_or(u64::MAX));
        bytes.number(limits.memory);
        bytes.number(u64::from(limits.processes));
        bytes.number(limits.output as u64);
        bytes.number(limits.disk);
        let length = u32::try_from(bytes.0.len()).map_err(|_| bad("a job of 4 GB"))?;
        to.write_all(&length.to_le_bytes())?;
        to.write_all(&bytes.0)
    }

    /// Receives an order; it fails when the sender ended.
    pub(super) fn receive(mut from: impl Read) -> io::Result<Self> {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let mut bytes = Vec::new();
        from.take(u64::from(u32::from_le_bytes(length))).read_to_end(&mut bytes)?;
        let mut rest = Rest(&bytes);
        Ok(Self {
            helper: rest.list()?,
            namespaces: rest.number()? != 0,
            required: bits_to_layers(rest.number()?),
            probe: rest.number()? != 0,
            job: Job {
                program: PathBuf::from(rest.text()?),
                arguments: rest.list()?,
                environment: pairs(rest.list()?),
                folder: PathBuf::from(rest.text()?),
                readable: rest.list()?.into_iter().map(PathBuf::from).collect(),
                limits: Limits {
                    wall: Duration::from_millis(rest.number()?),
                    memory: rest.number()?,
                    processes: rest.number()?.try_into().unwrap_or(u32::MAX),
                    output: rest.number()?.try_into().unwrap_or(usize::MAX),
                    disk: rest.number()?,
                },
            },
        })
    }
}

impl Report {
    /// The report as bytes, short enough for one write.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let (tag, value, text) = match &self.end {
            Ok(End::Exited(code)) => (b'x', *code, ""),
            Ok(End::Signal(signal)) => (b's', *signal, ""),
            Ok(End::OverLimit(limit)) => (limit_to_tag(*limit), 0, ""),
            Ok(End::Cancelled) => (b'c', 0, ""),
            Err(why) => (b'e', 0, why.as_str()),
        };
        let mut bytes = vec![layers_to_bits(self.layers), tag];
        bytes.extend(value.to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes
    }

    /// Reads all bytes of a report; `None` when its sender ended before.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (&[layers, tag, a, b, c, d], text) = bytes.split_first_chunk()?;
        let value = i32::from_le_bytes([a, b, c, d]);
        let end = match tag {
            b'x' => Ok(End::Exited(value)),
            b's' => Ok(End::Signal(value)),
            b'c' => Ok(End::Cancelled),
            b'e' => Err(String::from_utf8_lossy(text).into_owned()),
            _ => Ok(End::OverLimit(tag_to_limit(tag)?)),
        };
        Some(Self { layers: bits_to_layers(u64::from(layers)), end })
    }
}

const LIMITS: [(Limit, u8); 5] =
    [(Limit::Time, b'T'), (Limit::Memory, b'M'), (Limit::Processes, b'P'), (Limit::Output, b'O'), (Limit::Disk, b'D')];

fn limit_to_tag(wanted: Limit) -> u8 {
    LIMITS.iter().find(|(limit, _)| *limit == wanted).map_or(b'?', |(_, tag)| *tag)
}

fn tag_to_limit(wanted: u8) -> Option<Limit> {
    LIMITS.iter().find(|(_, tag)| *tag == wanted).map(|(limit, _)| *limit)
}

fn layers_to_bits(layers: Layers) -> u8 {
    let Layers { files, network, processes, limits } = layers;
    u8::from(files) | u8::from(network) << 1 | u8::from(processes) << 2 | u8::from(limits) << 3
}

fn bits_to_layers(bits: u64) -> Layers {
    Layers { files: bits & 1 != 0, network: bits & 2 != 0, processes: bits & 4 != 0, limits: bits & 8 != 0 }
}

fn pairs(list: Vec<OsString>) -> Vec<(OsString, OsString)> {
    let mut list = list.into_iter();
    std::iter::from_fn(|| list.next().zip(list.next())).collect()
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &OsStr) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn list<'t>(&mut self, texts: impl Iterator<Item = &'t OsStr>) {
        let texts: Vec<_> = texts.collect();
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }
}

struct Rest<'b>(&'b [u8]);

impl Rest<'_> {
    fn number(&mut self) -> io::Result<u64> {
        let (number, rest) = self.0.split_first_chunk().ok_or_else(|| bad("a cut order"))?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*number))
    }

    fn text(&mut self) -> io::Result<OsString> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        let (text, rest) = self.0.split_at_checked(length).ok_or_else(|| bad("a cut order"))?;
        self.0 = rest;
        Ok(OsString::from_vec(text.to_vec()))
    }

    fn list(&mut self) -> io::Result<Vec<OsString>> {
        (0..self.number()?).map(|_| self.text()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_arrives_as_it_was_sent() {
        let job = Job {
            program: "/bin/p".into(),
            arguments: vec![OsString::from_vec(vec![0xff, b'\n']), "".into()],
            environment: vec![("A".into(), "1".into()), ("B".into(), "".into())],
            folder: "/folder".into(),
            readable: vec!["/r".into()],
            limits: Limits::of_compiler(),
        };
        let required = Layers { files: true, limits: true, ..Layers::default() };
        let order = Order { helper: vec!["h".into()], namespaces: true, required, probe: false, job };
        let mut bytes = Vec::new();
        order.send(&mut bytes).unwrap();
        assert_eq!(format!("{:?}", Order::receive(bytes.as_slice()).unwrap()), format!("{order:?}"));
        bytes.truncate(bytes.len() - 1);
        assert!(Order::receive(bytes.as_slice()).is_err());
    }

    #[test]
    fn a_report_arrives_as_it_was_sent() {
        let layers = Layers { network: true, processes: true, ..Layers::default() };
        let limits = [Limit::Time, Limit::Memory, Limit::Processes, Limit::Output, Limit::Disk];
        let ends = [End::Exited(-1), End::Signal(9), End::Cancelled].into_iter().chain(limits.map(End::OverLimit));
        for end in ends.map(Ok).chain([Err("why".to_owned())]) {
            let report = Report { layers, end: end.clone() };
            let arrived = Report::of_bytes(&report.to_bytes()).unwrap();
            assert_eq!((arrived.layers, arrived.end), (layers, end));
        }
        assert!(Report::of_bytes(&[1, b'x']).is_none());
    }
}
