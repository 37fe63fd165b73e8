//! Start the threads of a proxy.

use std::io;
use std::thread::{Builder, JoinHandle};

pub(crate) fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    Builder::new().name("fault-proxy".to_owned()).spawn(work)
}
