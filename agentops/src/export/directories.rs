//! The spool directories of a pipeline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use agentops_spool::directory::Directory;
use agentops_spool::elsewhere::LOCAL;
use agentops_spool::notice::{Notices, Trouble};
use agentops_spool::segment::format::hash;
use agentops_spool::send::endpoint::Endpoint;

/// Spool directories by name, opened when the first lane needs them.
pub(super) struct Directories {
    home: Option<PathBuf>,
    notices: Arc<Notices>,
    open: BTreeMap<String, Option<Arc<Directory>>>,
}

impl Directories {
    /// None yet; they will be below `home`.
    pub(super) fn new(home: Option<&Path>, notices: Arc<Notices>) -> Self {
        Self {
            home: home.map(Path::to_owned),
            notices,
            open: BTreeMap::new(),
        }
    }

    /// The directory of an endpoint, or of this machine; `None`, which is told, where there is none to be had.
    pub(super) fn open(&mut self, endpoint: Option<&Endpoint>) -> Option<Arc<Directory>> {
        let destination = endpoint.map_or(0, |endpoint| hash(&key(endpoint)));
        let name = match endpoint {
            Some(_) => format!("{destination:016x}"),
            None => LOCAL.to_owned(),
        };
        if let Some(known) = self.open.get(&name) {
            return known.clone();
        }
        let opened = self.create(&name, destination);
        self.open.insert(name, opened.clone());
        opened
    }

    fn create(&self, name: &str, destination: u64) -> Option<Arc<Directory>> {
        let Some(home) = &self.home else {
            self.notices.once(Trouble::Disk(String::new()), || {
                "there is no home directory; data waits in memory and is lost with the process \
                 (set `AGENTOPS_HOME` to a directory that can be written)"
                    .into()
            });
            return None;
        };
        let path = home.join("spool").join(name);
        match Directory::create(&path, destination) {
            Ok(directory) => Some(Arc::new(directory)),
            Err(error) => {
                self.notices.once(Trouble::Disk(String::new()), || {
                    format!(
                        "the spool cannot be written ({error}); data waits in memory and is lost \
                         with the process: {}",
                        path.display()
                    )
                });
                None
            }
        }
    }

    /// Those that were opened.
    pub(super) fn into_open(self) -> Vec<Arc<Directory>> {
        self.open.into_values().flatten().collect()
    }
}

/// What destination and account an endpoint is: its base URL and its headers.
pub(super) fn key(endpoint: &Endpoint) -> String {
    let mut key = endpoint.base.clone();
    for (name, value) in &endpoint.headers {
        key.push('\n');
        key.push_str(name);
        key.push('=');
        key.push_str(value);
    }
    key
}
