//! Where this repository and what is built from it lie.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_dir.ancestors().nth(2).unwrap_or(crate_dir).to_owned()
}

/// Where Cargo builds.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is Cargo's here, not that of the runtime"
)]
pub(crate) fn target_dir() -> PathBuf {
    let given = std::env::var_os("CARGO_TARGET_DIR");
    given.map_or_else(|| repository().join("target"), PathBuf::from)
}
