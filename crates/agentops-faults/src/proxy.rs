//! A proxy on this machine that fails as it is told.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use crate::fault::Fault;
use crate::serve::serve;
use crate::state::Shared;
use crate::thread::spawn;

/// A proxy in front of one server; it stops when dropped.
///
/// ```
/// use agentops_faults::fault::Fault;
/// use agentops_faults::proxy::FaultProxy;
/// use std::net::{TcpListener, TcpStream};
///
/// let server = TcpListener::bind("127.0.0.1:0")?;
/// let proxy = FaultProxy::start(server.local_addr()?)?;
/// assert!(TcpStream::connect(proxy.addr()).is_ok());
/// proxy.set(Fault::Refuse);
/// assert!(TcpStream::connect(proxy.addr()).is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FaultProxy {
    addr: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl FaultProxy {
    /// Starts a proxy in front of `server` that passes all on.
    ///
    /// # Errors
    /// When the system has no port or thread left.
    pub fn start(server: SocketAddr) -> io::Result<Self> {
        let listener = listen()?;
        let addr = listener.local_addr()?;
        let shared = Arc::new(Shared::new());
        let state = Arc::clone(&shared);
        let accepting = spawn(move || accept(listener, addr, server, &state))?;
        Ok(Self {
            addr,
            shared,
            accepting: Some(accepting),
        })
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Fails in another way from now on; connections that are open end.
    pub fn set(&self, fault: Fault) {
        self.shared.update(|state| {
            state.fault = fault;
            state.cut();
        });
        if fault == Fault::Refuse {
            self.wake();
        }
        self.shared
            .wait_until(|state| state.listening == (fault != Fault::Refuse) || state.stopped);
    }

    /// How many connections clients have made so far.
    pub fn accepted(&self) -> usize {
        self.shared.lock().accepted
    }

    /// Has the accepting thread look at the state: it does once it has accepted something.
    fn wake(&self) {
        if self.shared.lock().listening {
            drop(TcpStream::connect(self.addr));
        }
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.shared.update(|state| {
            state.stopped = true;
            state.cut();
        });
        self.wake();
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

/// Listens on an address of this machine where nobody else looks for a port meanwhile.
fn listen() -> io::Result<TcpListener> {
    // On Linux all of 127/8 is this machine; elsewhere it is the usual address alone.
    let own = Ipv4Addr::new(127, 77, 0, 1);
    TcpListener::bind((own, 0)).or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
}

/// Runs until the proxy is dropped.
fn accept(listener: TcpListener, addr: SocketAddr, server: SocketAddr, shared: &Arc<Shared>) {
    let mut listener = Some(listener);
    loop {
        let (fault, stopped) = {
            let state = shared.lock();
            (state.fault, state.stopped)
        };
        if stopped {
            return;
        }
        if fault == Fault::Refuse {
            listener = None;
            shared.update(|state| state.listening = false);
            shared.wait_until(|state| state.fault != Fault::Refuse || state.stopped);
            continue;
        }
        let Some(listening) = &listener else {
            let Ok(again) = TcpListener::bind(addr) else {
                shared.update(|state| state.stopped = true);
                return;
            };
            listener = Some(again);
            shared.update(|state| state.listening = true);
            continue;
        };
        let Ok((client, _)) = listening.accept() else {
            continue;
        };
        let refused = {
            let state = shared.lock();
            state.stopped || state.fault == Fault::Refuse
        };
        if !refused {
            let state = Arc::clone(shared);
            // A client that no thread can be had for sees its connection closed.
            drop(spawn(move || serve(&client, server, &state)));
        }
    }
}
