//! Collect what was ignored in the environment, each thing once.

/// What the environment asked for and did not get, in the order it was found.
#[derive(Debug, Default)]
pub(crate) struct Warnings(Vec<String>);

impl Warnings {
    /// Adds a warning, unless the same one is there already.
    ///
    /// A variable that covers all signals is read once for each of them.
    pub(crate) fn push(&mut self, warning: impl Into<String>) {
        let warning = warning.into();
        if !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }

    /// Adds that `setting` is as good as unset, because of `problem`.
    pub(crate) fn ignored(&mut self, setting: &str, problem: &str) {
        self.push(format!("ignoring invalid `{setting}`: {problem}"));
    }

    /// The warnings as plain text.
    pub(crate) fn into_vec(self) -> Vec<String> {
        self.0
    }
}
