//! A proxy that is asked for tunnels, and leads all of them to one server.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::thread::spawn;

/// Bytes of the head of a request that are read.
const MAX_HEAD: u64 = 64 << 10;

/// The proxy; it ends with the process.
///
/// Whatever name a client asks for, it reaches the one server: names need not exist.
#[derive(Debug)]
pub struct Tunnel {
    addr: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Tunnel {
    /// A proxy that answers with `status`, and with 200 leads on to `server`.
    ///
    /// # Errors
    /// When the system has no port or thread left.
    pub fn start(server: SocketAddr, status: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let tunnel = Self {
            addr: listener.local_addr()?,
            asked: Arc::default(),
        };
        let asked = Arc::clone(&tunnel.asked);
        spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let asked = Arc::clone(&asked);
                drop(spawn(move || drop(serve(&client, server, status, &asked))));
            }
        })?;
        Ok(tunnel)
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The heads of the requests so far.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }
}

fn lock(asked: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    asked.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(
    mut client: &TcpStream,
    server: SocketAddr,
    status: u16,
    asked: &Mutex<Vec<String>>,
) -> io::Result<()> {
    // Nothing comes behind the head before it was answered.
    let mut reader = BufReader::new(client.take(MAX_HEAD));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    lock(asked).push(head);
    client.write_all(format!("HTTP/1.1 {status} X\r\n\r\n").as_bytes())?;
    if status != 200 {
        return client.shutdown(Shutdown::Both);
    }
    let upstream = TcpStream::connect(server)?;
    let (mut from, mut to) = (client.try_clone()?, upstream.try_clone()?);
    spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    })?;
    io::copy(&mut &upstream, &mut client)?;
    client.shutdown(Shutdown::Both)
}
