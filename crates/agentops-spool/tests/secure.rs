//! What is to be encrypted is sent to who is trusted, or kept; never in plain.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use agentops_faults::tunnel::Tunnel;
use agentops_spool::send::answer::Answer;
use agentops_spool::send::certificates::Certificates;
use agentops_spool::send::client::Client;
use agentops_spool::send::endpoint::Endpoint;
use support::authority::Authority;
use support::queues::Fixture;
use support::sending::{LONG, all_delivered, send_until};
use support::server::{Reply, Server, endpoint};
use support::socks::socks_proxy;

/// The endpoint behind TLS, for who trusts what is in this file.
fn secure(address: SocketAddr, trusted: Option<PathBuf>) -> Endpoint {
    let plain = endpoint(address, Duration::from_secs(5));
    Endpoint {
        url: plain.url.replace("http:", "https:"),
        base: plain.base.replace("http:", "https:"),
        shown: plain.shown.replace("http:", "https:"),
        certificates: Certificates {
            trusted,
            client: None,
        },
        ..plain
    }
}

fn with_client(mut endpoint: Endpoint, client: (PathBuf, PathBuf)) -> Endpoint {
    endpoint.certificates.client = Some(client);
    endpoint
}

/// Sends a body; the notices it costs.
#[track_caller]
fn told_by(endpoint: Endpoint) -> Vec<String> {
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    send_until(&f, endpoint, |_| !f.told().is_empty());
    let ledger = f.queue.ledger();
    assert_eq!((ledger.spooled, ledger.delivered), (1, 0));
    assert!(!f.told().concat().contains("hidden"), "{:?}", f.told());
    f.told()
}

#[track_caller]
fn assert_told(told: &[String], reason: &str) {
    let [told] = told else {
        panic!("not told once: {told:?}");
    };
    let start = format!("no trusted connection comes about ({reason}");
    assert!(told.starts_with(&start), "{told}");
    assert!(
        told.contains("check the certificates; data is kept"),
        "{told}"
    );
}

#[test]
fn a_server_of_a_trusted_authority_is_sent_to() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.server("127.0.0.1"), |_, _| Reply::status(200));
    let f = Fixture::new();
    for n in 0..3 {
        f.queue.append(&vec![n; 1 << 20], 1, 0, false);
    }
    // The file may hold several authorities.
    let bundle = [Authority::new().trusted(), authority.trusted()]
        .map(|path| std::fs::read_to_string(path).unwrap());
    let bundle = authority.write("bundle.pem", &bundle.concat());
    send_until(&f, secure(server.address, Some(bundle)), all_delivered);
    assert_eq!(server.arrived().len(), 3);
    assert_eq!(server.connections(), 1);
    assert_eq!(f.told(), [""; 0]);
}

#[test]
fn a_server_of_another_authority_gets_nothing() {
    let (authority, other) = (Authority::new(), Authority::new());
    let server = Server::start_tls(authority.server("127.0.0.1"), |_, _| Reply::status(200));
    for trusted in [None, Some(other.trusted())] {
        let told = told_by(secure(server.address, trusted));
        assert_told(&told, "invalid peer certificate: ");
    }
    assert!(server.arrived().is_empty());
}

#[test]
fn a_server_under_another_name_or_out_of_date_gets_nothing() {
    let authority = Authority::new();
    for config in [
        authority.server("other.example"),
        authority.server_until("127.0.0.1", 2001),
    ] {
        let server = Server::start_tls(config, |_, _| Reply::status(200));
        let told = told_by(secure(server.address, Some(authority.trusted())));
        assert_told(&told, "invalid peer certificate: ");
        assert!(server.arrived().is_empty());
    }
}

#[test]
fn a_client_shows_its_certificate_where_one_is_asked_for() {
    let authority = Authority::new();
    let config = authority.server_for_clients("127.0.0.1");
    let server = Server::start_tls(config, |_, _| Reply::status(200));
    let anonymous = secure(server.address, Some(authority.trusted()));
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    send_until(&f, anonymous.clone(), |_| !f.told().is_empty());
    assert!(server.arrived().is_empty());

    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let known = with_client(anonymous, authority.client("me"));
    send_until(&f, known, all_delivered);
    assert_eq!(server.arrived().len(), 1);
}

#[test]
fn files_that_cannot_be_used_are_named_and_nothing_takes_their_place() {
    let authority = Authority::new();
    let server = Server::start_tls(authority.server("127.0.0.1"), |_, _| Reply::status(200));
    let at = |name: &str| authority.folder().join(name);
    let trusting = |path: PathBuf| secure(server.address, Some(path));
    authority.write("empty.pem", "");
    authority.write(
        "damaged.pem",
        "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n",
    );
    for (name, reason) in [
        ("missing.pem", "cannot read {}: "),
        ("empty.pem", "{} is without a certificate in PEM"),
        ("damaged.pem", "{} is "),
    ] {
        let path = at(name);
        let reason = reason.replace("{}", &path.display().to_string());
        assert_told(&told_by(trusting(path)), &reason);
    }
    let (chain, key) = authority.client("me");
    let (_, other) = authority.client("you");
    for (key, reason) in [
        (other, "not the key of the client's certificate"),
        (chain.clone(), "without a private key in PEM"),
    ] {
        let reason = format!("{} is {reason}", key.display());
        let endpoint = with_client(trusting(authority.trusted()), (chain.clone(), key));
        assert_told(&told_by(endpoint), &reason);
    }
    assert!(key.exists() && server.arrived().is_empty());
}

#[test]
fn a_certificate_that_comes_later_is_read_then() {
    let authority = Authority::new();
    let pem = std::fs::read_to_string(authority.trusted()).unwrap();
    let other = std::fs::read_to_string(Authority::new().trusted()).unwrap();
    let server = Server::start_tls(authority.server("127.0.0.1"), |_, _| Reply::status(200));
    for (name, before) in [("missing.pem", None), ("old.pem", Some(other))] {
        let path = authority.folder().join(name);
        if let Some(before) = before {
            std::fs::write(&path, before).unwrap();
        }
        let f = Fixture::new();
        f.queue.append(b"body", 1, 0, false);
        send_until(&f, secure(server.address, Some(path.clone())), |ledger| {
            if !f.told().is_empty() {
                std::fs::write(&path, &pem).unwrap();
            }
            all_delivered(ledger)
        });
        assert_eq!(f.told().len(), 1, "{name}");
    }
    assert_eq!(server.arrived().len(), 2);
}

#[test]
fn a_server_that_speaks_no_tls_is_told_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, ear) = mpsc::channel();
    thread::Builder::new()
        .spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut bytes = vec![0; 1 << 16];
                let len = stream.read(&mut bytes).unwrap_or(0);
                bytes.truncate(len);
                let _ = heard.send(bytes);
                let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.1 200 OK\r\n\r\n");
            }
        })
        .unwrap();
    let told = told_by(secure(address, None));
    let start = "no data is taken at this URL (the server does not speak TLS); check the endpoint";
    assert!(told.len() == 1 && told[0].starts_with(start), "{told:?}");
    for bytes in ear.try_iter() {
        // A handshake's record, and nothing of ours in it.
        assert_eq!(bytes.first(), Some(&0x16));
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("body") && !text.contains("hidden"), "{text}");
    }
}

/// An endpoint that nobody knows the address of, through this proxy.
fn through(scheme: &str, proxy: String) -> Endpoint {
    Endpoint {
        url: format!("{scheme}://collector.invalid:4318/v1/traces"),
        base: format!("{scheme}://collector.invalid:4318"),
        shown: format!("{scheme}://collector.invalid:4318"),
        headers: vec![("authorization".into(), "Bearer hidden".into())],
        timeout: Duration::from_secs(5),
        proxy: Some(proxy),
        ..Endpoint::default()
    }
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_and_told_no_secret_of_the_endpoint() {
    let server = Server::start(|_, _| Reply::status(200));
    let tunnel = Tunnel::start(server.address, 200).unwrap();
    let f = Fixture::new();
    for n in 0..3 {
        f.queue.append(&vec![n; 1 << 20], 1, 0, false);
    }
    let proxy = format!("http://me:s3cret@{}", tunnel.addr());
    send_until(&f, through("http", proxy), all_delivered);
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 3);
    assert_eq!(arrived[0].header("host"), Some("collector.invalid:4318"));
    assert_eq!(arrived[0].header("proxy-authorization"), None);
    let [head] = &tunnel.asked()[..] else {
        panic!("not one tunnel");
    };
    assert!(
        head.starts_with("CONNECT collector.invalid:4318 HTTP/1.1\r\n"),
        "{head}"
    );
    // `me:s3cret` as Basic has it.
    assert!(
        head.contains("Proxy-Authorization: Basic bWU6czNjcmV0\r\n"),
        "{head}"
    );
    assert!(!head.contains("hidden"), "{head}");
}

#[test]
fn no_secret_is_shown_of_a_client_that_has_connected() {
    let server = Server::start(|_, _| Reply::status(200));
    let tunnel = Tunnel::start(server.address, 200).unwrap();
    let proxy = format!("http://me:s3cret@{}", tunnel.addr());
    let mut endpoint = through("http", proxy);
    endpoint.url += "?key=hidden";
    let mut client = Client::new(endpoint);
    assert!(matches!(client.post(b"body"), Answer::Taken(_)));
    let shown = format!("{client:?}");
    assert!(
        !shown.contains("hidden") && !shown.contains("s3cret"),
        "{shown}"
    );
    assert!(shown.contains("collector.invalid"), "{shown}");
}

#[test]
fn a_socks_proxy_is_told_the_name_of_the_endpoint() {
    let server = Server::start(|_, _| Reply::status(200));
    let (proxy, asked) = socks_proxy(server.address);
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let endpoint = through("http", format!("socks5h://{proxy}"));
    send_until(&f, endpoint, all_delivered);
    assert_eq!(server.arrived().len(), 1);
    let asked: Vec<_> = asked.try_iter().collect();
    assert_eq!(asked, [("collector.invalid".to_owned(), 4318)]);
}

#[test]
fn tls_goes_through_a_proxy_to_the_endpoint_itself() {
    let authority = Authority::new();
    let config = authority.server("collector.invalid");
    let server = Server::start_tls(config, |_, _| Reply::status(200));
    let tunnel = Tunnel::start(server.address, 200).unwrap();
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let mut endpoint = through("https", format!("http://{}", tunnel.addr()));
    endpoint.certificates.trusted = Some(authority.trusted());
    send_until(&f, endpoint, all_delivered);
    assert_eq!(server.arrived().len(), 1);
    assert_eq!(tunnel.asked().len(), 1);
}

#[test]
fn a_proxy_that_refuses_loses_nothing_and_is_not_gone_around() {
    let server = Server::start(|_, _| Reply::status(200));
    for status in [403, 407, 502] {
        let tunnel = Tunnel::start(server.address, status).unwrap();
        let plain = endpoint(server.address, LONG);
        let proxy = Some(format!("http://me:s3cret@{}", tunnel.addr()));
        let told = told_by(Endpoint { proxy, ..plain });
        let [told] = &told[..] else {
            panic!("not told once: {told:?}");
        };
        let start = "the endpoint does not take data (the proxy does not connect)";
        assert!(
            told.starts_with(start) && !told.contains("s3cret"),
            "{told}"
        );
        assert!(!tunnel.asked().is_empty());
    }
    assert!(server.arrived().is_empty());
}
