//! An HTTP server on this machine that answers as a test tells it to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use agentops_spool::send::endpoint::Endpoint;

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) at: Instant,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Status, headers, body.
    Answer(u16, &'static str, Vec<u8>),
    /// Nothing, until the client goes.
    Silence,
    /// A part of an answer, then the end of the connection.
    HangUp(&'static str),
    /// An answer whose body never ends.
    Endless,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, "", Vec::new())
    }
}

/// The server; it ends with the process.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Server {
    /// A server that answers request number `n`, from 0 on, with `reply(n, request)`.
    pub(crate) fn start(reply: impl Fn(usize, &Arrived) -> Reply + Send + 'static) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), reply).unwrap()
    }

    pub(crate) fn start_at(
        address: SocketAddr,
        reply: impl Fn(usize, &Arrived) -> Reply + Send + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let server = Self {
            address: listener.local_addr()?,
            arrived: Arc::default(),
        };
        let arrived = Arc::clone(&server.arrived);
        let serve = move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let Some(request) = read(&stream) else {
                    continue;
                };
                let number = {
                    let mut arrived = arrived.lock().unwrap();
                    arrived.push(request.clone());
                    arrived.len() - 1
                };
                let _ = answer(stream, reply(number, &request));
            }
        };
        thread::Builder::new().spawn(serve)?;
        Ok(server)
    }

    /// The requests so far.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub(crate) fn endpoint(&self, timeout: Duration) -> Endpoint {
        endpoint(self.address, timeout)
    }
}

/// An endpoint with secrets in query and headers.
pub(crate) fn endpoint(address: SocketAddr, timeout: Duration) -> Endpoint {
    Endpoint {
        url: format!("http://{address}/v1/traces?key=hidden"),
        base: format!("http://{address}?key=hidden"),
        shown: format!("http://{address}"),
        headers: vec![("authorization".into(), "Bearer hidden".into())],
        timeout,
    }
}

fn read(stream: &TcpStream) -> Option<Arrived> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let len = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse().ok())?
    });
    let mut body = vec![0; len.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let at = Instant::now();
    Some(Arrived { at, head, body })
}

fn answer(mut stream: TcpStream, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Answer(status, headers, body) => {
            let len = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nConnection: close\r\n{headers}Content-Length: {len}\r\n\r\n"
            )?;
            stream.write_all(&body)
        }
        Reply::Silence => stream.read_to_end(&mut Vec::new()).map(drop),
        Reply::HangUp(part) => stream.write_all(part.as_bytes()),
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n")?;
            let part = vec![b'x'; 1 << 16];
            loop {
                stream.write_all(&part)?;
            }
        }
    }
}
