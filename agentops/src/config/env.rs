//! Read the process environment, once.
//!
//! This is the only file that asks the operating system for variables. Everything else works on
//! the snapshot, so a test hands in its own, and a variable changed later by another thread
//! cannot make two parts of the crate disagree.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use crate::config::warnings::Warnings;
use crate::error::{Error, Origin};

/// Prefixes of the variables that are settings.
const SETTINGS: [&str; 2] = ["OTEL_", "AGENTOPS_"];

/// Variables that describe the machine, its network and the terminal rather than set anything.
const SURROUNDINGS: [&str; 15] = [
    "HOME",
    "USERPROFILE",
    "HOSTNAME",
    "COMPUTERNAME",
    "NO_COLOR",
    "TERM",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// What the environment says; an empty or blank variable counts as unset.
///
/// Variables that nobody here reads are not kept: they may be other programs' secrets.
#[derive(Clone, Default)]
pub(crate) struct Env(BTreeMap<String, OsString>);

impl Env {
    /// Copies the variables of this process.
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place where the environment is read"
    )]
    pub(crate) fn from_process() -> Self {
        Self::from_pairs(std::env::vars_os())
    }

    /// Makes an environment of the given variables.
    pub(crate) fn from_pairs<N, V>(pairs: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let known = |(name, value): (N, V)| {
            let name = name.into().into_string().ok()?;
            let kept = SURROUNDINGS.contains(&name.as_str())
                || SETTINGS.iter().any(|prefix| name.starts_with(prefix));
            kept.then(|| (name, value.into()))
        };
        Self(pairs.into_iter().filter_map(known).collect())
    }

    /// Forgets the settings and keeps what describes the machine, its network and the terminal.
    pub(crate) fn without_settings(mut self) -> Self {
        self.0
            .retain(|name, _| SURROUNDINGS.contains(&name.as_str()));
        self
    }

    /// The trimmed value of a variable; bytes that are no text are replaced.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        let text = match self.0.get(name)?.to_string_lossy() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The value of a variable as a path, every byte of it kept.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        self.text(name)?;
        self.0.get(name).map(PathBuf::from)
    }

    /// Whether a variable has a value.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// Reads a variable of OpenTelemetry: what cannot be parsed is warned about and ignored.
    pub(crate) fn standard<T>(
        &self,
        name: &str,
        warnings: &mut Warnings,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        parse(&self.text(name)?)
            .map_err(|problem| warnings.ignored(name, &problem))
            .ok()
    }

    /// Reads a variable of ours: what cannot be parsed is an error.
    pub(crate) fn own<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Error> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        parse(&text)
            .map(Some)
            .map_err(|problem| Error::InvalidSetting {
                setting: name,
                origin: Origin::Environment,
                problem,
            })
    }
}

impl fmt::Debug for Env {
    /// Shows which variables there are, not what they hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The file name of the running program.
pub(crate) fn executable_name() -> Option<String> {
    let path = std::env::current_exe().ok()?;
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// The processor, as the semantic conventions call it.
pub(crate) fn host_arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "arm" => "arm32",
        "powerpc" => "ppc32",
        "powerpc64" => "ppc64",
        other => other,
    }
}

/// The operating system, as the semantic conventions call it.
pub(crate) fn os_type() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        "dragonfly" => "dragonflybsd",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Env;

    #[test]
    fn blank_variables_count_as_unset() {
        let env = Env::from_pairs([("OTEL_A", ""), ("OTEL_B", " \t"), ("OTEL_C", " c ")]);
        assert_eq!(env.text("OTEL_A"), None);
        assert_eq!(env.text("OTEL_B"), None);
        assert_eq!(env.path("OTEL_B"), None);
        assert_eq!(env.text("OTEL_C").unwrap(), "c");
        assert_eq!(env.path("OTEL_C"), Some(PathBuf::from(" c ")));
        assert!(!env.is_set("OTEL_D"));
    }

    #[test]
    fn other_programs_variables_are_not_kept() {
        let env = Env::from_pairs([("AWS_SECRET_ACCESS_KEY", "x"), ("AGENTOPS_API_KEY", "y")]);
        assert_eq!(env.text("AWS_SECRET_ACCESS_KEY"), None);
        assert_eq!(format!("{env:?}"), r#"{"AGENTOPS_API_KEY"}"#);
    }

    #[test]
    fn surroundings_outlive_the_settings() {
        let env = Env::from_pairs([("HOME", "/home/a"), ("OTEL_SERVICE_NAME", "b")]);
        assert_eq!(format!("{:?}", env.without_settings()), r#"{"HOME"}"#);
    }

    #[cfg(unix)]
    #[test]
    fn values_that_are_not_text_do_not_panic() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let raw = OsStr::from_bytes(b"/a/\xff");
        let env = Env::from_pairs([("AGENTOPS_HOME", raw)]);
        assert_eq!(env.text("AGENTOPS_HOME").unwrap(), "/a/\u{fffd}");
        assert_eq!(env.path("AGENTOPS_HOME"), Some(PathBuf::from(raw)));
    }
}
