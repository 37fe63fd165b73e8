//! A collector on loopback that decodes what it is sent and counts it.

use std::collections::HashSet;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message as _;
use serde::{Deserialize, Serialize};

const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";

/// What has arrived.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Arrived {
    /// Spans, each as often as it came.
    pub(crate) spans: u64,
    /// Spans that are told apart by trace and span id; 0 where ids are not kept.
    pub(crate) distinct: u64,
    /// Requests that are no OTLP.
    pub(crate) refused: u64,
}

#[derive(Default)]
struct State {
    arrived: Arrived,
    ids: HashSet<[u8; 24]>,
}

/// Prints its port, serves until standard input ends, and prints what has arrived.
///
/// Where it only counts it keeps no ids, of which there would be gigabytes.
pub(crate) fn run(only_counts: bool) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
    let port = listener
        .local_addr()
        .expect("the port of a listener")
        .port();
    println!("{port}");
    let state = Arc::new(Mutex::new(State::default()));
    let connections = Arc::new(Mutex::new(Vec::new()));
    let (shared, opened) = (Arc::clone(&state), Arc::clone(&connections));
    let accept = move || {
        for stream in listener.incoming().flatten() {
            let state = Arc::clone(&shared);
            let serve = move || serve(&stream, &state, only_counts);
            let connection = Builder::new().spawn(serve).expect("a thread a connection");
            lock(&opened).push(connection);
        }
    };
    Builder::new().spawn(accept).expect("a thread that accepts");
    io::copy(&mut io::stdin(), &mut io::sink()).expect("a pipe from the parent");
    // Who sent is gone by now, but perhaps not all of it is read.
    for connection in std::mem::take(&mut *lock(&connections)) {
        // One that was cut off has an error and nothing more to count.
        drop(connection.join().expect("serving does not panic"));
    }
    let arrived = serde_json::to_string(&lock(&state).arrived).expect("plain numbers");
    println!("{arrived}");
}

/// Answers requests until the other side hangs up.
fn serve(mut stream: &TcpStream, state: &Mutex<State>, only_counts: bool) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    while let Some((path, body)) = request(&mut reader)? {
        if path == "/v1/traces" {
            take(&body, state, only_counts);
        }
        stream.write_all(ANSWER)?;
    }
    Ok(())
}

/// Reads a request with its body; `None` at the end of the connection.
fn request(reader: &mut BufReader<&TcpStream>) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some((path, body)))
}

fn take(body: &[u8], state: &Mutex<State>, only_counts: bool) {
    let request = ExportTraceServiceRequest::decode(body);
    let mut state = lock(state);
    let Ok(request) = request else {
        state.arrived.refused += 1;
        return;
    };
    let resources = request.resource_spans.into_iter();
    let scopes = resources.flat_map(|resource| resource.scope_spans);
    for span in scopes.flat_map(|scope| scope.spans) {
        state.arrived.spans += 1;
        if only_counts {
            continue;
        }
        let id = [&span.trace_id[..], &span.span_id[..]].concat();
        let is_new = <[u8; 24]>::try_from(id).is_ok_and(|id| state.ids.insert(id));
        state.arrived.distinct += u64::from(is_new);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
