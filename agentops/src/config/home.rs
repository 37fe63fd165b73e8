//! Find the directory that holds the spool.

use std::path::{Path, PathBuf};

use crate::config::env::Env;
use crate::error::{Error, Origin};

const VARIABLE: &str = "AGENTOPS_HOME";

/// The directory that the environment names for us.
pub(crate) fn from_env(env: &Env) -> Result<Option<PathBuf>, Error> {
    let path = env.path(VARIABLE);
    if let Some(path) = &path {
        check(path, VARIABLE, Origin::Environment)?;
    }
    Ok(path)
}

/// A hidden directory in the user's home; `None` if there is no home.
pub(crate) fn fallback(env: &Env) -> Option<PathBuf> {
    let user = env.path("HOME").or_else(|| env.path("USERPROFILE"))?;
    Some(user.join(".agentops"))
}

/// Refuses paths that would make a directory nobody finds again.
pub(crate) fn check(path: &Path, setting: &'static str, origin: Origin) -> Result<(), Error> {
    let problem = if path.as_os_str().is_empty() {
        "the path is empty"
    } else if path.starts_with("~") {
        "`~` is a shorthand of shells; write the whole path"
    } else {
        return Ok(());
    };
    Err(Error::InvalidSetting {
        setting,
        origin,
        problem: problem.to_owned(),
    })
}
