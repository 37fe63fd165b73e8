//! One signal's way to one target.

use std::sync::Arc;

use agentops_spool::directory::Directory;
use agentops_spool::notice::{Notices, Trouble};
use agentops_spool::queue::Queue;
use agentops_spool::segment::format::Signal;
use agentops_spool::send::endpoint::{Endpoint, shown};

use crate::config::targets::Target;
use crate::export::directories::Directories;

/// One signal's way to one target.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) signal: Signal,
    /// `None` for this machine.
    pub(super) endpoint: Option<Endpoint>,
    pub(super) queue: Arc<Queue>,
    /// Whether a thread sends what is in the queue.
    pub(super) has_sender: bool,
}

impl Lane {
    /// The way of `signal` to `target`, by way of one of `directories`.
    pub(super) fn new(
        signal: Signal,
        target: &Target,
        directories: &mut Directories,
        notices: &Arc<Notices>,
    ) -> Self {
        let endpoint = match target {
            Target::Local => None,
            Target::Otlp(endpoint) => Some(Endpoint {
                url: endpoint.url.clone(),
                base: endpoint.base.clone(),
                shown: shown(&endpoint.base).into_owned(),
                headers: endpoint
                    .headers
                    .iter()
                    .map(|(name, value)| (name.clone(), value.expose().to_owned()))
                    .collect(),
                timeout: endpoint.timeout,
                gzip: endpoint.gzip,
                certificates: endpoint.certificates.clone(),
                proxy: endpoint.proxy.as_ref().map(|url| url.expose().to_owned()),
            }),
        };
        let directory = directories.open(endpoint.as_ref());
        Self {
            signal,
            queue: Arc::new(Queue::new(signal, directory, Arc::clone(notices))),
            endpoint,
            has_sender: false,
        }
    }

    /// Says that the endpoint did not take everything before a deadline.
    pub(super) fn tell_slow(&self, notices: &Notices) {
        let Some(endpoint) = &self.endpoint else {
            return;
        };
        notices.once(Trouble::Slow(endpoint.base.clone()), || {
            let kept = match self.queue.directory() {
                Some(_) => {
                    "what is left stays in the spool and is sent later, by this run or the next"
                }
                None => "what is left stays in memory and is lost with the process",
            };
            let shown = &endpoint.shown;
            format!(
                "the endpoint does not take data in the time that is waited for it; {kept}: {shown}"
            )
        });
    }

    /// Whether what waits here lies in this directory.
    pub(super) fn is_in(&self, directory: &Arc<Directory>) -> bool {
        let own = self.queue.directory();
        own.is_some_and(|own| Arc::ptr_eq(own, directory))
    }
}
