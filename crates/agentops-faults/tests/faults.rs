//! Each fault does what it says, to a client that is nothing but a socket.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use agentops_faults::fault::Fault;
use agentops_faults::proxy::FaultProxy;

const REQUEST: &[u8] = b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// A server that reads one request of each connection, answers and closes it.
fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let accept = move || {
        for client in listener.incoming().map_while(Result::ok) {
            thread::Builder::new().spawn(move || serve(client)).unwrap();
        }
    };
    thread::Builder::new().spawn(accept).unwrap();
    addr
}

fn serve(mut client: TcpStream) {
    let mut request = vec![0; REQUEST.len()];
    if client.read_exact(&mut request).is_ok() {
        assert_eq!(request, REQUEST);
        let _ = client.write_all(ANSWER);
    }
}

/// What a client reads that sends a request.
fn ask(addr: SocketAddr, limit: u64) -> io::Result<Vec<u8>> {
    let mut connection = TcpStream::connect(addr)?;
    connection.write_all(REQUEST)?;
    let mut answer = Vec::new();
    connection.take(limit).read_to_end(&mut answer)?;
    Ok(answer)
}

fn proxy(fault: Fault) -> FaultProxy {
    let proxy = FaultProxy::start(server()).unwrap();
    proxy.set(fault);
    proxy
}

#[test]
fn faults_come_and_go_at_the_same_address() {
    let proxy = proxy(Fault::Pass);
    for _ in 0..3 {
        assert_eq!(ask(proxy.addr(), 1000).unwrap(), ANSWER);
        proxy.set(Fault::Refuse);
        let refused = ask(proxy.addr(), 1000).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        proxy.set(Fault::Status(503));
        let answer = ask(proxy.addr(), 12).unwrap();
        assert_eq!(answer, b"HTTP/1.1 503");
        proxy.set(Fault::Pass);
    }
}

#[test]
fn a_reset_is_one() {
    let proxy = proxy(Fault::Reset);
    let reset = ask(proxy.addr(), 1000).unwrap_err();
    assert_eq!(reset.kind(), io::ErrorKind::ConnectionReset);
}

#[test]
fn an_answer_is_cut_short() {
    let proxy = proxy(Fault::Truncate(7));
    assert_eq!(ask(proxy.addr(), 1000).unwrap(), &ANSWER[..7]);
}

#[test]
fn an_answer_does_not_end() {
    let proxy = proxy(Fault::Giant);
    assert_eq!(ask(proxy.addr(), 1 << 20).unwrap().len(), 1 << 20);
}

#[test]
fn an_answer_never_comes_until_the_fault_is_over() {
    for fault in [Fault::Hang, Fault::Mute] {
        let proxy = proxy(fault);
        let mut connection = TcpStream::connect(proxy.addr()).unwrap();
        connection.write_all(REQUEST).unwrap();
        connection
            .set_read_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        let nothing = connection.read(&mut [0]).unwrap_err();
        assert_eq!(nothing.kind(), io::ErrorKind::WouldBlock);
        proxy.set(Fault::Pass);
        connection.set_read_timeout(None).unwrap();
        assert!(matches!(connection.read(&mut [0]), Ok(0) | Err(_)));
        assert_eq!(ask(proxy.addr(), 1000).unwrap(), ANSWER);
    }
}

#[test]
fn bytes_come_one_by_one() {
    let pause = Duration::from_millis(2);
    let proxy = proxy(Fault::Tarpit(pause));
    let begin = Instant::now();
    assert_eq!(ask(proxy.addr(), 1000).unwrap(), ANSWER);
    let bytes = u32::try_from(REQUEST.len() + ANSWER.len() - 2).unwrap();
    assert!(begin.elapsed() >= pause * bytes, "{:?}", begin.elapsed());
}
