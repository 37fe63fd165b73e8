//! Serve one connection as the fault says.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::fault::Fault;
use crate::state::Shared;
use crate::thread::spawn;

/// Serves `client` until either side or the proxy ends it.
pub(crate) fn serve(client: &TcpStream, server: SocketAddr, shared: &Arc<Shared>) {
    let (fault, era) = shared.update(|state| {
        state.accepted += 1;
        (state.fault, state.era)
    });
    // To close what was not read is to reset, as long as nobody else holds the connection.
    if fault == Fault::Reset {
        let _ = client.peek(&mut [0]);
        return;
    }
    let Ok(clone) = client.try_clone() else {
        return;
    };
    let is_late = shared.update(|state| {
        state.open.push(clone);
        state.era != era
    });
    if is_late {
        let _ = client.shutdown(Shutdown::Both);
        return;
    }
    // A side that goes in the middle is what this is for.
    let _ = match fault {
        // Taken just before nobody listened any more.
        Fault::Refuse | Fault::Reset => Ok(()),
        Fault::Pass => pass(client, server, shared, Pace { era, pause: None }, None),
        Fault::Tarpit(pause) => {
            let pause = Some(pause);
            pass(client, server, shared, Pace { era, pause }, None)
        }
        Fault::Truncate(bytes) => {
            let pace = Pace { era, pause: None };
            pass(client, server, shared, pace, Some(bytes))
        }
        Fault::Hang => {
            shared.wait_until(|state| state.era != era);
            Ok(())
        }
        Fault::Mute => io::copy(&mut &*client, &mut io::sink()).map(drop),
        Fault::Status(status) => answer(client, status),
        Fault::Giant => giant(client),
    };
    let _ = client.shutdown(Shutdown::Both);
}

/// How fast bytes are passed on.
#[derive(Clone, Copy)]
struct Pace {
    era: u64,
    pause: Option<Duration>,
}

/// Passes all on, of the answer only the first `limit` bytes.
fn pass(
    client: &TcpStream,
    server: SocketAddr,
    shared: &Arc<Shared>,
    pace: Pace,
    limit: Option<usize>,
) -> io::Result<()> {
    let upstream = TcpStream::connect(server)?;
    let (from, to) = (client.try_clone()?, upstream.try_clone()?);
    let clone = upstream.try_clone()?;
    shared.update(|state| state.open.push(clone));
    let state = Arc::clone(shared);
    spawn(move || {
        let _ = pump(&from, &to, &state, pace);
        let _ = to.shutdown(Shutdown::Write);
    })?;
    match limit {
        Some(limit) => pump((&upstream).take(limit as u64), client, shared, pace),
        None => pump(&upstream, client, shared, pace),
    }
}

fn pump(mut from: impl Read, mut to: impl Write, shared: &Shared, pace: Pace) -> io::Result<()> {
    let Some(pause) = pace.pause else {
        return io::copy(&mut from, &mut to).map(drop);
    };
    let mut byte = [0];
    while from.read(&mut byte)? > 0 {
        to.write_all(&byte)?;
        if !shared.pause(pace.era, pause) {
            break;
        }
    }
    Ok(())
}

/// Answers each request with this status.
fn answer(mut client: &TcpStream, status: u16) -> io::Result<()> {
    let mut reader = BufReader::new(client);
    while read_request(&mut reader)? {
        let head = format!("HTTP/1.1 {status} Fault\r\nContent-Length: 0\r\n\r\n");
        client.write_all(head.as_bytes())?;
    }
    Ok(())
}

/// Answers a request without an end.
fn giant(mut client: &TcpStream) -> io::Result<()> {
    if !read_request(&mut BufReader::new(client))? {
        return Ok(());
    }
    client.write_all(b"HTTP/1.1 200 Fault\r\n\r\n")?;
    let part = vec![b'x'; 64 << 10];
    loop {
        client.write_all(&part)?;
    }
}

/// Reads a request with its body, whose length must be told; `false` at the end of the connection.
fn read_request(reader: &mut BufReader<&TcpStream>) -> io::Result<bool> {
    let mut length = 0;
    let mut is_first = true;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let line = line.trim_end();
        if line.is_empty() && !is_first {
            break;
        }
        is_first = false;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    io::copy(&mut reader.take(length), &mut io::sink())?;
    Ok(true)
}
