//! Options and defaults of `#[agentops::operation]`.

use crate::diagnostics::Errors;
use crate::options::common::{COMMON, ENTITY_VERSION, LEAF_WITH_BAGGAGE, NAME, VERSION};
use crate::options::{Family, Given, Key};
use crate::settings::{Naming, Settings};

/// A piece of work of the program itself.
pub(crate) static FAMILY: Family = Family {
    attribute: "operation",
    variant: "Operation",
    keys: &[&[NAME, LEAF, VERSION], COMMON],
    renamed: &[],
    owned: &[(ENTITY_VERSION, "version = ..")],
    naming: Naming::Plain,
};

/// Whether the span is never current, which makes it cheaper.
const LEAF: Key = Key {
    name: "leaf",
    usage: "leaf = true",
    set: set_leaf,
};

fn set_leaf(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let signature = given.signature;
    if given.flag(errors) != Some(true) {
        return;
    }
    settings.leaf = true;
    if signature.is_some_and(|signature| signature.asyncness.is_some()) {
        errors.over(
            &place,
            "`leaf` cannot be used on an `async fn`, because a leaf span is never the current one and that of an async function has to be; remove `leaf`",
        );
    }
    if settings.hands_on {
        errors.over(&place, LEAF_WITH_BAGGAGE);
    }
}
