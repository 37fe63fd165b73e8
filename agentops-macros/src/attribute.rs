//! The core: a pure function from two token streams to one.
//!
//! Whatever goes wrong, the annotated item comes out again, so that one mistake
//! never makes the rest of the crate (or the editor's index) lose the function.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};

use crate::args;
use crate::capture;
use crate::complete;
use crate::diagnostics::Errors;
use crate::expand::{self, import};
use crate::families;
use crate::item::{Function, Item, take_attribute};
use crate::model::{Model, Place};
use crate::options::{self, Family};
use crate::paths;
use crate::settings::Settings;

/// Expands one attribute; a bare copy of the item comes out unless `enabled`.
pub(crate) fn expand(
    family: &'static Family,
    args: TokenStream,
    item: TokenStream,
    enabled: bool,
) -> TokenStream {
    guarded(item, |item| match Checked::new(family, args, &item) {
        Ok(_) if !enabled => item,
        Ok(checked) => {
            let (model, imports) = checked.model(item, Place::Outermost);
            expand::function(&model, &imports)
        }
        Err(mistaken) => mistaken,
    })
}

/// An attribute and its function, in both of which no mistake was found.
struct Checked {
    /// Which attribute it is.
    family: &'static Family,
    /// What it asks for.
    settings: Settings,
    /// What it stands on.
    function: Function,
    /// By which an editor completes its options.
    import: TokenStream,
}

impl Checked {
    /// Runs the stages that can fail; yields the item and what any of them found if one did.
    fn new(
        family: &'static Family,
        args: TokenStream,
        item: &TokenStream,
    ) -> Result<Self, TokenStream> {
        let mut errors = Errors::default();
        let parsed = Item::parse(item.clone());
        let signature = parsed.as_ref().ok().and_then(Item::signature);
        let entries = args::parse(args);
        let words = complete::words(&entries);
        let settings = options::read(entries, family, &families::ALL, signature, &mut errors);
        let macro_path = paths::complete(settings.root.as_ref());
        let import = import::import(&macro_path, family.attribute, &words);
        let has_body = signature.is_some();
        let parsed = errors.keep(parsed);
        let function = parsed.and_then(|item| item.into_function(family.attribute, &mut errors));
        match function {
            Some(function) if errors.is_empty() => Ok(Self {
                family,
                settings,
                function,
                import,
            }),
            _ if has_body => Err(errors.beside(complete::into_body(item.clone(), import))),
            _ => Err(errors.beside(item.clone())),
        }
    }

    /// Decides what becomes of the function, which came from this item.
    ///
    /// Yields the imports of all attributes of ours on it besides.
    fn model(self, item: TokenStream, place: Place) -> (Model, TokenStream) {
        // What the user wrote decides what is captured, not what became of it below.
        let keys = capture::keys(&self.function.signature, &self.settings.content);
        let mut imports = self.import;
        let function = match wrapped_by_lower(item) {
            Some((function, lower)) => {
                imports.extend(lower);
                function
            }
            None => self.function,
        };
        let model = Model::new(self.family.variant, self.settings, function, &keys, place);
        (model, imports)
    }
}

/// The item with the attributes of ours below this one expanded already, and their imports.
///
/// The compiler expands from top to bottom, so each wraps those above it. A span
/// shall hold those of the attributes below it, as it reads. What is wrong with
/// a lower one is left for its own expansion to report.
fn wrapped_by_lower(item: TokenStream) -> Option<(Function, TokenStream)> {
    let (family, args, item) = take_attribute(item, families::of)?;
    let checked = Checked::new(family, args, &item).ok()?;
    let (model, imports) = checked.model(item, Place::Within);
    let item = Item::parse(expand::function(&model, &TokenStream::new())).ok()?;
    let function = item.into_function(family.attribute, &mut Errors::default())?;
    Some((function, imports))
}

/// Keeps the item through panics of our own.
fn guarded(item: TokenStream, expand: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
    let kept = item.clone();
    match catch_unwind(AssertUnwindSafe(|| expand(item))) {
        Ok(expanded) => expanded,
        Err(panic) => {
            let mut errors = Errors::default();
            errors.at(Span::call_site(), bug(panic.as_ref()));
            errors.beside(kept)
        }
    }
}

fn bug(panic: &(dyn Any + Send)) -> String {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked");
    format!("this is a bug in agentops-macros, please report it with the function: {cause}")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_panic_of_ours_keeps_the_item_and_says_whose_bug_it_is() {
        let expanded = guarded(
            quote!(
                fn run() {}
            ),
            |_| panic!("index out of bounds"),
        );
        let expanded = expanded.to_string();
        assert!(expanded.starts_with("fn run () { }"), "{expanded}");
        assert!(
            expanded.contains(
                "this is a bug in agentops-macros, please report it with the function: index out of bounds"
            ),
            "{expanded}"
        );
    }

    #[test]
    fn disabled_attributes_leave_the_item_alone() {
        let item = quote!(
            async fn run(id: u32) -> u32 {
                id
            }
        );
        let bare = expand(
            &families::session::FAMILY,
            quote!(id = id),
            item.clone(),
            false,
        );
        assert_eq!(bare.to_string(), item.to_string());
    }

    #[test]
    fn disabled_attributes_still_check_their_options() {
        let expanded = expand(
            &families::session::FAMILY,
            quote!(idd = 1),
            quote!(
                fn run() {}
            ),
            false,
        );
        assert!(expanded.to_string().contains("compile_error"));
    }
}
