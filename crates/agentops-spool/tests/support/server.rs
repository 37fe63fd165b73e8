//! An HTTP server on this machine that answers as a test tells it to.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::{Duration, Instant};

use agentops_spool::send::endpoint::Endpoint;
use flate2::read::GzDecoder;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) at: Instant,
    /// The request line and the headers.
    pub(crate) head: String,
    /// The body, unpacked if it came gzipped.
    pub(crate) body: Vec<u8>,
    /// Bytes of the body as they came.
    pub(crate) packed: usize,
    /// Whether it was answered with 200.
    pub(crate) taken: bool,
}

impl Arrived {
    /// The value of a header, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// Whether the body holds these bytes.
    pub(crate) fn holds(&self, part: &[u8]) -> bool {
        self.body.windows(part.len()).any(|at| at == part)
    }
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

type Decide = dyn Fn(usize, &Arrived) -> Reply + Send + Sync;

/// The server; it ends with the process.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// A server that answers request number `n`, from 0 on, with `reply(n, request)`.
    pub(crate) fn start(reply: impl Fn(usize, &Arrived) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), reply).unwrap()
    }

    pub(crate) fn start_at(
        address: SocketAddr,
        reply: impl Fn(usize, &Arrived) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::listen(address, None, Arc::new(reply))
    }

    /// The same over TLS.
    pub(crate) fn start_tls(
        config: Arc<ServerConfig>,
        reply: impl Fn(usize, &Arrived) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        Self::listen(address, Some(config), Arc::new(reply)).unwrap()
    }

    fn listen(
        address: SocketAddr,
        tls: Option<Arc<ServerConfig>>,
        reply: Arc<Decide>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let server = Self {
            address: listener.local_addr()?,
            arrived: Arc::default(),
            connections: Arc::default(),
        };
        let accepting = server.clone();
        Builder::new().spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                accepting.connections.fetch_add(1, Ordering::Relaxed);
                let (server, reply, tls) = (accepting.clone(), Arc::clone(&reply), tls.clone());
                Builder::new()
                    .spawn(move || match tls {
                        None => server.serve(stream, &*reply),
                        Some(tls) => {
                            let session = ServerConnection::new(tls).unwrap();
                            server.serve(StreamOwned::new(session, stream), &*reply);
                        }
                    })
                    .unwrap();
            }
        })?;
        Ok(server)
    }

    /// Answers the requests of one connection until either side ends it.
    fn serve(&self, stream: impl Read + Write, reply: &Decide) {
        let mut stream = BufReader::new(stream);
        while let Some(request) = read(&mut stream) {
            let number = {
                let mut arrived = self.arrived.lock().unwrap();
                arrived.push(request.clone());
                arrived.len() - 1
            };
            let reply = reply(number, &request);
            let taken = matches!(reply, Reply::Answer(200, ..) | Reply::Endless);
            self.arrived.lock().unwrap()[number].taken = taken;
            if answer(stream.get_mut(), reply).is_err() {
                return;
            }
        }
    }

    /// The requests so far.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    /// The bodies that were answered with 200.
    pub(crate) fn taken(&self) -> Vec<Vec<u8>> {
        let taken = self.arrived().into_iter().filter(|request| request.taken);
        taken.map(|request| request.body).collect()
    }

    /// How many connections were made so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
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
        ..Endpoint::default()
    }
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case(wanted).then(|| value.trim())
    })
}

fn read(reader: &mut impl BufRead) -> Option<Arrived> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let len = header(&head, "content-length").map(|len| len.parse().unwrap());
    let mut body = vec![0; len.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let at = Instant::now();
    let packed = body.len();
    if header(&head, "content-encoding") == Some("gzip") {
        let mut unpacked = Vec::new();
        GzDecoder::new(&body[..])
            .read_to_end(&mut unpacked)
            .unwrap();
        body = unpacked;
    }
    Some(Arrived {
        at,
        head,
        body,
        packed,
        taken: false,
    })
}

/// Answers; an error ends the connection.
fn answer(stream: &mut (impl Read + Write), reply: Reply) -> io::Result<()> {
    match reply {
        Reply::Answer(status, headers, body) => {
            let len = body.len();
            let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {len}\r\n\r\n");
            stream.write_all(&[head.as_bytes(), &body].concat())?;
            return stream.flush();
        }
        Reply::Silence => drop(stream.read_to_end(&mut Vec::new())?),
        Reply::HangUp(part) => stream.write_all(part.as_bytes())?,
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n")?;
            let part = vec![b'x'; 1 << 16];
            loop {
                stream.write_all(&part)?;
            }
        }
    }
    Err(io::ErrorKind::ConnectionAborted.into())
}
