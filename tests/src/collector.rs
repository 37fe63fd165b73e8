//! An OTLP/HTTP collector inside the test process.

use std::mem;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::answer::Answer;
use crate::connection::{self, State};
use crate::metrics::Metrics;
use crate::spans::Spans;
use crate::store::{Request, Signal, Store};
use crate::watched::Watched;

/// A collector on a loopback port, with a thread for each connection.
///
/// Any path is taken. `/v1/traces`, `/v1/metrics` and `/v1/logs` at a path's end name the signal,
/// as does what [`expect_at`](Self::expect_at) adds; elsewhere the content decides. It answers 200
/// unless told otherwise, and stops when dropped.
///
/// ```
/// let collector = agentops_tests::Collector::start();
/// assert!(collector.endpoint().starts_with("http://127.0.0.1:"));
/// assert!(collector.requests().is_empty());
/// ```
#[derive(Debug)]
pub struct Collector {
    addr: SocketAddr,
    state: Arc<Watched<State>>,
    /// The thread that accepts connections, until the collector is stopped.
    accepting: Mutex<Option<JoinHandle<()>>>,
}

impl Collector {
    /// Starts a collector on a free port.
    pub fn start() -> Self {
        Self::start_on((Ipv4Addr::LOCALHOST, 0).into())
    }

    /// Starts a collector on this address, to come back where another one stopped.
    ///
    /// # Panics
    /// When the address is taken.
    #[track_caller]
    pub fn start_on(addr: SocketAddr) -> Self {
        let listener = TcpListener::bind(addr).expect("the collector's address is free");
        let addr = listener
            .local_addr()
            .expect("a bound socket has an address");
        let state = Arc::<Watched<State>>::default();
        let shared = Arc::clone(&state);
        let accepting = connection::spawn(move || connection::accept(&listener, &shared));
        Self {
            addr,
            state,
            accepting: Mutex::new(Some(accepting)),
        }
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The address as `OTEL_EXPORTER_OTLP_ENDPOINT` has it.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Refuses connections from now on and closes those that are open; what was received stays.
    pub fn stop(&self) {
        let accepting = self
            .accepting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(accepting) = accepting else { return };
        self.state.update(|state| state.stopped = true);
        // The thread sees that it should stop once it has accepted something.
        drop(TcpStream::connect(self.addr));
        accepting
            .join()
            .expect("the accepting thread does not panic");
        for connection in mem::take(&mut self.state.lock().connections) {
            // Fails where the client has closed it already.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }

    /// Expects bodies of this signal on paths with this end.
    pub fn expect_at(&self, path_suffix: &str, signal: Signal) {
        let route = (path_suffix.to_owned(), signal);
        self.state.update(|state| state.routes.push(route));
    }

    /// Gives this answer to the next request that has none yet.
    pub fn answer_next(&self, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) {
        let answer = Answer::new(status, headers, body);
        self.state
            .update(|state| state.next_answers.push_back(answer));
    }

    /// Gives this answer to every request from now on, but for those of `answer_next`.
    pub fn answer_always(&self, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) {
        let answer = Answer::new(status, headers, body);
        self.answer_with(move |_| Some(answer.clone()));
    }

    /// Asks this function from now on what to answer; `None` is the usual 200.
    ///
    /// It runs on the connection's thread, so it may block to hold an answer back.
    pub fn answer_with(&self, answer: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static) {
        let answer = Arc::new(answer);
        self.state.update(|state| state.answer = Some(answer));
    }

    /// Waits until what was received is as wanted, and returns it.
    ///
    /// # Panics
    /// With what was received, when it is not as wanted in time.
    #[track_caller]
    pub fn wait_for(&self, mut wanted: impl FnMut(&Store) -> bool, timeout: Duration) -> Store {
        match self.state.wait_for(timeout, |state| wanted(&state.store)) {
            Ok(state) => state.store.clone(),
            Err(state) => {
                let store = state.store.clone();
                drop(state);
                panic!("waited {timeout:?} in vain; received was\n{store}")
            }
        }
    }

    /// Every request, also those answered with an error.
    ///
    /// # Panics
    /// When a request could not be read or decoded.
    #[track_caller]
    pub fn requests(&self) -> Vec<Request> {
        self.store().requests().to_vec()
    }

    /// Takes out what was received so far.
    pub fn take(&self) -> Store {
        self.state.update(|state| mem::take(&mut state.store))
    }

    /// The spans of all accepted requests.
    #[track_caller]
    pub fn spans(&self) -> Spans {
        self.store().spans()
    }

    /// The metrics of all accepted requests.
    #[track_caller]
    pub fn metrics(&self) -> Metrics {
        self.store().metrics()
    }

    fn store(&self) -> Store {
        self.state.lock().store.clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::panic;

    use prost::Message;

    use super::*;
    use crate::fixtures::{head, post, read_answer, span, traces};
    use crate::store::Payload;

    const SECS: Duration = Duration::from_secs(10);

    #[test]
    fn spans_are_received_with_path_and_headers() {
        let collector = Collector::start();
        let answer = post(collector.addr(), "/v1/traces?x=1", &two_spans());

        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert_eq!(collector.spans().names(), ["root", "leaf"]);
        let [request] = &collector.requests()[..] else {
            panic!("one request was sent")
        };
        assert_eq!(
            (request.path.as_str(), request.accepted()),
            ("/v1/traces?x=1", true)
        );
        assert_eq!(request.header("host"), Some("localhost"));
    }

    #[test]
    fn connection_stays_open_between_requests() {
        let collector = Collector::start();
        let mut connection = TcpStream::connect(collector.addr()).unwrap();
        for _ in 0..2 {
            connection
                .write_all(&head("/v1/traces", two_spans().len()))
                .unwrap();
            connection.write_all(&two_spans()).unwrap();
            assert!(read_answer(&mut connection).starts_with("HTTP/1.1 200"));
        }
        assert_eq!(collector.spans().len(), 4);
    }

    #[test]
    fn other_paths_are_decoded_by_content_or_by_what_is_expected_there() {
        let collector = Collector::start();
        collector.expect_at("/empty", Signal::Logs);
        for (path, body) in [
            ("/custom", two_spans()),
            ("/empty", vec![]),
            ("/auth", b"{}".into()),
        ] {
            post(collector.addr(), path, &body);
        }
        let signals: Vec<_> = collector.requests().iter().map(Request::signal).collect();
        assert_eq!(signals, [Some(Signal::Traces), Some(Signal::Logs), None]);
        assert!(matches!(collector.requests()[2].payload, Payload::Other));
    }

    #[test]
    fn scripted_answers_come_first_and_refused_spans_do_not_count() {
        let collector = Collector::start();
        collector.answer_always(503, &[("retry-after", "1")], "later");
        collector.answer_next(200, &[], "");
        let first = post(collector.addr(), "/v1/traces", &two_spans());
        let second = post(collector.addr(), "/v1/traces", &two_spans());

        assert!(first.starts_with("HTTP/1.1 200"), "{first}");
        assert!(
            second.starts_with("HTTP/1.1 503") && second.ends_with("later"),
            "{second}"
        );
        assert!(second.contains("retry-after: 1\r\n"), "{second}");
        assert_eq!(
            (collector.requests().len(), collector.spans().len()),
            (2, 2)
        );
    }

    #[test]
    fn hanging_up_stores_the_request_without_an_answer() {
        let collector = Collector::start();
        collector.answer_with(|_| Some(Answer::hang_up()));
        assert_eq!(post(collector.addr(), "/v1/traces", &two_spans()), "");
        assert_eq!(collector.requests()[0].answered, None);
    }

    #[test]
    fn stopped_collector_refuses_connections_and_another_takes_its_place() {
        let collector = Collector::start();
        post(collector.addr(), "/v1/traces", &two_spans());
        collector.stop();
        assert!(TcpStream::connect(collector.addr()).is_err());
        assert_eq!(collector.spans().len(), 2);

        let successor = Collector::start_on(collector.addr());
        post(collector.addr(), "/v1/traces", &two_spans());
        assert_eq!(
            successor
                .wait_for(|store| store.spans().len() == 2, SECS)
                .spans()
                .len(),
            2
        );
    }

    #[test]
    fn body_that_does_not_decode_fails_the_test() {
        let collector = Collector::start();
        post(collector.addr(), "/v1/traces", b"\xff");
        assert!(panic_of(|| drop(collector.requests())).contains("POST /v1/traces: "));

        let collector = Collector::start();
        let mut short = span(1, 0, "short");
        short.trace_id.pop();
        post(
            collector.addr(),
            "/v1/traces",
            &traces(vec![short]).encode_to_vec(),
        );
        assert!(panic_of(|| drop(collector.spans())).contains("span `short` has invalid ids"));
    }

    #[test]
    fn waiting_in_vain_tells_what_was_received() {
        let collector = Collector::start();
        post(collector.addr(), "/v1/traces", &two_spans());
        let message = panic_of(|| drop(collector.wait_for(|_| false, Duration::ZERO)));
        assert!(message.contains("POST /v1/traces -> 200"), "{message}");
        assert!(message.contains(r#"spans ["root", "leaf"]"#), "{message}");
    }

    fn two_spans() -> Vec<u8> {
        traces(vec![span(1, 0, "root"), span(2, 1, "leaf")]).encode_to_vec()
    }

    fn panic_of(run: impl FnOnce()) -> String {
        let panic = panic::catch_unwind(panic::AssertUnwindSafe(run)).unwrap_err();
        panic.downcast_ref::<String>().unwrap().clone()
    }
}
