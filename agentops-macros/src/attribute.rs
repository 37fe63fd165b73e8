//! The core: a pure function from two token streams to one.
//!
//! Whatever goes wrong, the annotated item comes out again, so that one mistake
//! never makes the rest of the crate (or the editor's index) lose the function.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};
use syn::Signature;

use crate::args;
use crate::block::Block;
use crate::block::title::Title;
use crate::capture;
use crate::complete;
use crate::diagnostics::Errors;
use crate::expand::{self, import};
use crate::families;
use crate::item::{Function, Item, take_attribute};
use crate::model::{Model, Place};
use crate::options::{self, Family};
use crate::paths;
use crate::return_type::Returned;
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
        match Checked::new(family, args, parsed, &item) {
            Ok(_) if !enabled => item,
            Ok(checked) => {
                let (model, imports) = checked.model(item, Place::Outermost);
                expand::function(&model, &imports)
            }
            Err(mistaken) => mistaken,
        }
    })
}

/// Expands an attribute on an `impl` block: on each method that it is for.
fn expand_block(
    family: &'static Family,
    title: Title,
    args: &TokenStream,
    item: TokenStream,
    enabled: bool,
) -> TokenStream {
    let mut mistakes = Errors::default();
    let block = Block::parse(item.clone(), family.attribute, &mut mistakes);
    let Some(block) = mistakes.keep(block) else {
        return mistakes.beside(item);
    };
    // From here on it is the block without our marks that is kept, as rustc knows none of them.
    guarded(block.bare(), |bare| {
        let mut errors = Errors::default();
        let entries = block.checked(args::parse(args.clone()), title);
        let settings = options::read(entries, family, &families::ALL, None, &mut errors);
        // Once at the option, however many methods it cannot see.
        let unseen = block.methods().find(|method| is_unseen(method));
        if let Some(method) = unseen {
            check_seen(method, &settings, &mut errors);
        }
        errors.append(mistakes);
        if !errors.is_empty() {
            return errors.beside(bare);
        }
        if !enabled {
            return bare;
        }
        let place = block.place();
        block.instrumented(title, |function, bare, name| {
            let checked = Checked::method(family, args.clone(), function, name);
            let (model, imports) = checked.model(bare, place);
            expand::function(&model, &imports)
        })
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
        parsed: syn::Result<Item>,
        item: &TokenStream,
    ) -> Result<Self, TokenStream> {
        let mut errors = Errors::default();
        let signature = parsed.as_ref().ok().and_then(Item::signature);
        let (settings, import) = read(family, args, signature, &mut errors);
        let has_body = signature.is_some();
        let parsed = errors.keep(parsed);
        let function = parsed.and_then(|item| item.into_function(family.attribute, &mut errors));
        if let Some(function) = &function {
            check_seen(function, &settings, &mut errors);
        }
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
        let (mut settings, import) = read(family, args, signature, &mut ignored);
        settings.name = settings.name.or(name.map(Text::Literal));
        Self {
            family,
            settings,
            function,
            import,
        }
    }

    /// Decides what becomes of the function, which came from this item.
    ///
    /// Yields the imports of all attributes of ours on it besides.
    fn model(self, item: TokenStream, place: Place) -> (Model, TokenStream) {
        // What the user wrote decides what is captured, not what became of it below.
        let captures = capture::captures(&self.function.signature, &self.settings.content);
        let mut imports = self.import;
        let mut others = self.function.outer.iter().filter_map(families::of);
        let lower = others.next().and_then(|_| wrapped_by_lower(item));
        let function = match lower {
            Some((function, lower)) => {
                imports.extend(lower);
                function
            }
            None => self.function,
        };
        let kind = self.family.variant;
        let model = Model::new(kind, self.settings, function, captures, place);
        (model, imports)
    }
}

/// What the arguments of an attribute ask for, and the import by which they are completed.
fn read(
    family: &'static Family,
    args: TokenStream,
    signature: Option<&Signature>,
    errors: &mut Errors,
) -> (Settings, TokenStream) {
    let entries = args::parse(args);
    let words = complete::words(&entries);
    let settings = options::read(entries, family, &families::ALL, signature, errors);
    let macro_path = paths::complete(settings.root.as_ref());
    let import = import::import(&macro_path, family.attribute, &words);
    (settings, import)
}

/// Some functions run where they are, so what they return is not seen, or not always.
fn check_seen(function: &Function, settings: &Settings, errors: &mut Errors) {
    let Some((option, place)) = &settings.value.first else {
        return;
    };
    if function.is_tracked() {
        errors.over(
            place,
            format!("`{option}` cannot see what a `#[track_caller]` function returns halfway; remove one of the two"),
        );
    } else if is_unseen(function) {
        errors.over(
            place,
            format!(
                "`{option}` cannot see a closure that is returned as `impl Fn`; remove `{option}`"
            ),
        );
    }
}

/// Whether options cannot see what a function returns, or not always.
fn is_unseen(function: &Function) -> bool {
    let signature = &function.signature;
    let is_closure = || Returned::new(&signature.output).is_closure;
    function.is_tracked() || signature.asyncness.is_none() && is_closure()
}

/// The item with the attributes of ours below this one expanded already, and their imports.
///
/// The compiler expands from top to bottom, so each wraps those above it. A span
/// shall hold those of the attributes below it, as it reads. What is wrong with
/// a lower one is left for its own expansion to report.
fn wrapped_by_lower(item: TokenStream) -> Option<(Function, TokenStream)> {
    let (family, args, item) = take_attribute(item, families::of)?;
    let checked = Checked::new(family, args, Item::parse(item.clone()), &item).ok()?;
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
