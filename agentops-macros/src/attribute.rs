//! The core: a pure function from two token streams to one.
//!
//! Whatever goes wrong, the annotated item comes out again, so that one mistake
//! never makes the rest of the crate (or the editor's index) lose the function.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};

use crate::args;
use crate::block::Block;
use crate::block::title::Title;
use crate::capture;
use crate::diagnostics::Errors;
use crate::expand;
use crate::families;
use crate::item::{Function, Item, take_attribute};
use crate::model::{Model, Place};
use crate::options::{self, Family};
use crate::settings::{Settings, Text};

/// Expands one attribute; a bare copy of the item comes out unless `enabled`.
pub(crate) fn expand(
    family: &'static Family,
    args: TokenStream,
    item: TokenStream,
    enabled: bool,
) -> TokenStream {
    guarded(item, |item| {
        let parsed = Item::parse(item.clone());
        if let (Ok(Item::Block { .. }), Some(title)) = (&parsed, Title::of(family.attribute)) {
            return expand_block(family, title, &args, item, enabled);
        }
        let checked = Checked::new(family, args, parsed)?;
        if !enabled {
            return Ok(item);
        }
        Ok(expand::function(&checked.model(item, Place::Outermost)))
    })
}

/// Expands an attribute on an `impl` block: on each method that it is for.
fn expand_block(
    family: &'static Family,
    title: Title,
    args: &TokenStream,
    item: TokenStream,
    enabled: bool,
) -> Result<TokenStream, Errors> {
    let mut mistakes = Errors::default();
    let block = Block::parse(item, family.attribute, &mut mistakes);
    let Some(block) = mistakes.keep(block) else {
        return Err(mistakes);
    };
    // From here on it is the block without our marks that is kept, as rustc knows none of them.
    Ok(guarded(block.bare(), |bare| {
        let mut errors = Errors::default();
        let entries = block.checked(args::parse(args.clone()), title);
        options::read(entries, family, &families::ALL, None, &mut errors);
        errors.append(mistakes);
        if !errors.is_empty() {
            return Err(errors);
        }
        if !enabled {
            return Ok(bare);
        }
        let place = block.place();
        Ok(block.instrumented(title, |function, bare, name| {
            let checked = Checked::method(family, args.clone(), function, name);
            expand::function(&checked.model(bare, place))
        }))
    }))
}

/// An attribute and its function, in both of which no mistake was found.
struct Checked {
    /// Which attribute it is.
    family: &'static Family,
    /// What it asks for.
    settings: Settings,
    /// What it stands on.
    function: Function,
}

impl Checked {
    /// Runs the stages that can fail, and reports what any of them found.
    fn new(
        family: &'static Family,
        args: TokenStream,
        item: syn::Result<Item>,
    ) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let signature = item.as_ref().ok().and_then(Item::signature);
        let entries = args::parse(args);
        let settings = options::read(entries, family, &families::ALL, signature, &mut errors);
        let item = errors.keep(item);
        let function = item.and_then(|item| item.into_function(family.attribute, &mut errors));
        if let Some(function) = &function {
            check_tracked(function, &settings, &mut errors);
        }
        match function {
            Some(function) if errors.is_empty() => Ok(Self {
                family,
                settings,
                function,
            }),
            _ => Err(errors),
        }
    }

    /// A method of a block whose arguments were checked as a whole.
    fn method(
        family: &'static Family,
        args: TokenStream,
        function: Function,
        name: Option<String>,
    ) -> Self {
        // What is wrong for this method alone, such as a name in `skip(..)` that only
        // others have, is no mistake.
        let mut ignored = Errors::default();
        let signature = Some(&function.signature);
        let entries = args::parse(args);
        let mut settings = options::read(entries, family, &families::ALL, signature, &mut ignored);
        settings.name = settings.name.or(name.map(Text::Literal));
        Self {
            family,
            settings,
            function,
        }
    }

    /// Decides what becomes of the function, which came from this item.
    fn model(self, item: TokenStream, place: Place) -> Model {
        // What the user wrote decides what is captured, not what became of it below.
        let captures = capture::captures(&self.function.signature, &self.settings.content);
        let function = wrapped_by_lower(item).unwrap_or(self.function);
        Model::new(
            self.family.variant,
            self.settings,
            function,
            captures,
            place,
        )
    }
}

/// A `#[track_caller]` function runs where it is, so what it returns is not seen.
fn check_tracked(function: &Function, settings: &Settings, errors: &mut Errors) {
    if let Some((option, place)) = settings
        .value
        .first
        .as_ref()
        .filter(|_| function.is_tracked())
    {
        errors.over(
            place,
            format!("`{option}` cannot see what a `#[track_caller]` function returns; remove one of the two"),
        );
    }
}

/// The item with the attributes of ours below this one expanded already.
///
/// The compiler expands from top to bottom, so each wraps those above it. A span
/// shall hold those of the attributes below it, as it reads. What is wrong with
/// a lower one is left for its own expansion to report.
fn wrapped_by_lower(item: TokenStream) -> Option<Function> {
    let (family, args, item) = take_attribute(item, families::of)?;
    let checked = Checked::new(family, args, Item::parse(item.clone())).ok()?;
    let expanded = expand::function(&checked.model(item, Place::Within));
    let item = Item::parse(expanded).ok()?;
    item.into_function(family.attribute, &mut Errors::default())
}

/// Keeps the item through errors and through panics of our own.
fn guarded(
    item: TokenStream,
    expand: impl FnOnce(TokenStream) -> Result<TokenStream, Errors>,
) -> TokenStream {
    let kept = item.clone();
    match catch_unwind(AssertUnwindSafe(|| expand(item))) {
        Ok(Ok(expanded)) => expanded,
        Ok(Err(errors)) => errors.beside(kept),
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
