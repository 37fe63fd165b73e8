//! A SOCKS 5 proxy that leads all who ask to one server.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

/// The proxy's address, and the names with their ports that it is asked for.
pub(crate) fn socks_proxy(server: SocketAddr) -> (SocketAddr, Receiver<(String, u16)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, names) = channel();
    let accept = move || {
        for client in listener.incoming().map_while(Result::ok) {
            let asked = asked.clone();
            let serve = move || drop(serve(&client, server, &asked));
            Builder::new().spawn(serve).unwrap();
        }
    };
    Builder::new().spawn(accept).unwrap();
    (address, names)
}

/// As RFC 1928 has it, without authentication and for names only.
fn serve(
    mut client: &TcpStream,
    server: SocketAddr,
    asked: &Sender<(String, u16)>,
) -> io::Result<()> {
    let mut greeting = [0; 2];
    client.read_exact(&mut greeting)?;
    client.read_exact(&mut vec![0; usize::from(greeting[1])])?;
    client.write_all(&[5, 0])?;
    let mut request = [0; 5];
    client.read_exact(&mut request)?;
    assert_eq!(request[..4], [5, 1, 0, 3], "not a connection to a name");
    let mut name = vec![0; usize::from(request[4])];
    client.read_exact(&mut name)?;
    let mut port = [0; 2];
    client.read_exact(&mut port)?;
    let name = String::from_utf8(name).unwrap();
    let _ = asked.send((name, u16::from_be_bytes(port)));
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    let upstream = TcpStream::connect(server)?;
    let (mut from, mut to) = (client.try_clone()?, upstream.try_clone()?);
    let there = move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    };
    Builder::new().spawn(there)?;
    io::copy(&mut &upstream, &mut client).map(drop)
}
