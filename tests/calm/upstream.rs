//! A small loopback server: raw sockets and threads, so that it can be as broken as a real upstream.

use crate::faults::Fault;
use crate::kinds;
use lookout::clock::Clock;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is sent back.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) status: &'static str,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
    /// More than the body that is announced.
    pub(crate) more: usize,
    /// Whether the connection is closed without a word, or never answered.
    pub(crate) mute: Option<Mute>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Mute {
    Closed,
    Silent,
}

impl Wire {
    pub(crate) fn of(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            headers: String::new(),
            body: body.into(),
            more: 0,
            mute: None,
        }
    }
}

#[derive(Default)]
struct Inner {
    fault: Option<&'static Fault>,
    /// Bodies by path, before the good one of a kind.
    own: BTreeMap<String, String>,
    asked: Vec<String>,
}

/// The server; it lives as long as the test's process.
#[derive(Clone)]
pub(crate) struct Upstream {
    address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

impl Upstream {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let upstream = Self {
            address: listener.local_addr().expect("its address"),
            inner: Arc::default(),
        };
        let own = upstream.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = own.clone();
                std::thread::spawn(move || own.serve(stream));
            }
        });
        upstream
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn breaks(&self, fault: &'static Fault) {
        self.inner.lock().expect("unbroken").fault = Some(fault);
    }

    pub(crate) fn recovers(&self) {
        self.inner.lock().expect("unbroken").fault = None;
    }

    /// Answers `path` (with its query) with `body`.
    pub(crate) fn set(&self, path: &str, body: impl Into<String>) {
        self.inner
            .lock()
            .expect("unbroken")
            .own
            .insert(path.to_owned(), body.into());
    }

    /// What was asked since the last call.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.inner.lock().expect("unbroken").asked)
    }

    fn serve(&self, mut stream: TcpStream) {
        let Some(path) = request(&stream) else { return };
        let wire = self.answer(&path);
        match wire.mute {
            Some(Mute::Closed) => return,
            Some(Mute::Silent) => {
                // Until the other side has had enough.
                let _ = stream.read(&mut [0; 1]);
                return;
            }
            None => {}
        }
        let length = wire.body.len() + wire.more;
        let head = format!(
            "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {length}\r\n{}\r\n",
            wire.status, wire.headers
        );
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&wire.body);
    }

    fn answer(&self, path: &str) -> Wire {
        let mut inner = self.inner.lock().expect("unbroken");
        inner.asked.push(path.to_owned());
        if let Some(body) = inner.own.get(path) {
            return Wire::of(body.clone());
        }
        let id = path.split(['/', '?']).nth(1).unwrap_or_default();
        let Some(kind) = kinds::by_id(id) else {
            return Wire {
                status: "404 Not Found",
                ..Wire::of("no such path")
            };
        };
        let now = Clock::Wall.now();
        match inner.fault {
            Some(fault) if fault.fits(kind) => (fault.answer)(kind, path, now),
            Some(_) | None => Wire::of((kind.body)(path, now)),
        }
    }
}

/// Reads a request to its end; its path.
fn request(stream: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 || line.trim().is_empty() {
            break;
        }
    }
    first.split(' ').nth(1).map(str::to_owned)
}
