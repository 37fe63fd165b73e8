//! Serve the connections of a collector, a thread for each.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufReader};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crate::answer::{Answer, AnswerFn};
use crate::http::{self, HttpRequest};
use crate::store::{Payload, Request, Signal, Store};
use crate::watched::Watched;

/// What the threads of a collector share.
pub(crate) struct State {
    pub(crate) store: Store,
    /// Ends of paths, the later ones first to be asked.
    pub(crate) routes: Vec<(String, Signal)>,
    pub(crate) next_answers: VecDeque<Answer>,
    pub(crate) answer: Option<AnswerFn>,
    /// To close them when the collector stops.
    pub(crate) connections: Vec<TcpStream>,
    pub(crate) stopped: bool,
}

impl State {
    /// Decodes the body by its path, else by what it looks like.
    fn decode(&self, request: &HttpRequest) -> Result<Payload, String> {
        let path = request.path.split('?').next().unwrap_or_default();
        let route = self
            .routes
            .iter()
            .rev()
            .find(|(suffix, _)| path.ends_with(suffix));
        let Some((_, signal)) = route else {
            return Ok(Payload::guess(&request.body));
        };
        if request.method != "POST" {
            return Err("the method is not POST".to_owned());
        }
        let content_type = request.header("content-type");
        if content_type != Some("application/x-protobuf") {
            return Err(format!("the content type is {content_type:?}"));
        }
        let payload = Payload::decode(*signal, &request.body).map_err(|error| error.to_string())?;
        payload.check()?;
        Ok(payload)
    }
}

impl Default for State {
    fn default() -> Self {
        let routes = [
            ("/v1/traces".to_owned(), Signal::Traces),
            ("/v1/metrics".to_owned(), Signal::Metrics),
            ("/v1/logs".to_owned(), Signal::Logs),
        ];
        Self {
            store: Store::default(),
            routes: routes.into(),
            next_answers: VecDeque::new(),
            answer: None,
            connections: Vec::new(),
            stopped: false,
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("store", &self.store)
            .field("stopped", &self.stopped)
            .finish_non_exhaustive()
    }
}

/// Runs until the collector is stopped; the listener is closed after that.
pub(crate) fn accept(listener: &TcpListener, state: &Arc<Watched<State>>) {
    for connection in listener.incoming() {
        if state.lock().stopped {
            return;
        }
        // Fails where the client is gone already.
        let Ok(connection) = connection else { continue };
        let Ok(clone) = connection.try_clone() else {
            continue;
        };
        state.update(|state| state.connections.push(clone));
        let state = Arc::clone(state);
        spawn(move || serve(&connection, &state));
    }
}

/// Answers the requests of one connection until either side closes it.
fn serve(connection: &TcpStream, state: &Watched<State>) {
    match answer_all(connection, state) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            state.update(|state| state.store.fail(error.to_string()));
        }
        // A client that is gone or killed in mid-sentence is no failure of the data.
        Ok(()) | Err(_) => {}
    }
    let _ = connection.shutdown(Shutdown::Both);
}

fn answer_all(mut connection: &TcpStream, state: &Watched<State>) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    while let Some(request) = HttpRequest::read(&mut reader, &mut connection)? {
        let answer = receive(request, state);
        let Some(status) = answer.status else { break };
        http::write_answer(&mut connection, status, &answer.headers, &answer.body)?;
    }
    Ok(())
}

/// Stores a request and returns its answer, so that who has the answer finds the request stored.
fn receive(request: HttpRequest, state: &Watched<State>) -> Answer {
    let (payload, scripted, answer_fn) = {
        let mut state = state.lock();
        let payload = state.decode(&request);
        (
            payload,
            state.next_answers.pop_front(),
            state.answer.clone(),
        )
    };
    let failure = payload
        .as_ref()
        .err()
        .map(|reason| format!("{} {}: {reason}", request.method, request.path));
    let mut request = Request {
        method: request.method,
        path: request.path,
        headers: request.headers,
        body: request.body,
        payload: payload.unwrap_or(Payload::Other),
        answered: None,
    };
    let answer = scripted
        .or_else(|| answer_fn.and_then(|answer| answer(&request)))
        .unwrap_or_else(Answer::success);
    request.answered = answer.status;
    state.update(|state| {
        state.store.push(request);
        if let Some(reason) = failure {
            state.store.fail(reason);
        }
    });
    answer
}

/// Starts a named thread.
pub(crate) fn spawn(work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    thread::Builder::new()
        .name("collector".to_owned())
        .spawn(work)
        .expect("the system has a thread left")
}
