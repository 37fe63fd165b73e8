//! The declared return type, and what of it can be said inside the body.

use proc_macro2::{Ident, Span};
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{
    BoundLifetimes, GenericArgument, GenericParam, Lifetime, PathArguments, ReturnType, Token,
    Type, TypeImplTrait, TypeInfer, TypeParamBound, TypeTuple,
};

use crate::plain_type;

/// Traits that a stream or future with a span in it has where it alone has them.
const AUTO_TRAITS: &[&str] = &["Send", "Sync", "Unpin"];

/// A return type in the two forms an expansion needs.
pub(crate) struct Returned {
    /// As the user wrote it; `()` where nothing was written.
    pub(crate) declared: Type,
    /// The same with `_` for each `impl Trait`, which may not be named in a body.
    pub(crate) erased: Type,
    /// What is known about its values.
    pub(crate) values: Values,
    /// How a value meets the end of the span.
    pub(crate) way: Way,
    /// Whether a closure is returned as `impl Fn`, whose arguments are known by that alone.
    pub(crate) is_closure: bool,
}

/// What is known about the values of a return type.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Values {
    /// Only `()`, so no outcome can be read from them.
    Unit,
    /// None: the function never returns.
    Never,
    /// The type is an `impl Trait`.
    Opaque,
    /// Any other type.
    Plain,
}

/// How a value meets the end of the span.
///
/// What it yields is in the second form, and `_` where it is not said.
pub(crate) enum Way {
    /// It is no stream or future.
    Ended,
    /// Its type shows whether it is a stream or a future that takes the span along.
    Probed,
    /// It is an `impl Stream` of these items, so another type may take its place.
    Stream(Type),
    /// It is a `Result<impl Stream, E>`.
    StreamOrError(Type),
    /// It is an `impl Future` with this output.
    Future(Type),
}

/// How a future is returned.
#[derive(Clone, Copy)]
pub(crate) enum FutureForm {
    /// As an `impl Future`.
    Opaque,
    /// In a box.
    Boxed,
}

impl Returned {
    /// Looks at the part of a signature after the arguments.
    pub(crate) fn new(output: &ReturnType) -> Self {
        let declared = match output {
            ReturnType::Default => unit(),
            ReturnType::Type(_, declared) => declared.as_ref().clone(),
        };
        let values = match bare(&declared) {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Values::Unit,
            Type::Never(_) => Values::Never,
            Type::ImplTrait(_) => Values::Opaque,
            _ => Values::Plain,
        };
        let way = if let Some(stream) = opaque(&declared, "Stream") {
            Way::Stream(associated(stream, "Item"))
        } else if let Some(stream) = stream_in_result(&declared) {
            Way::StreamOrError(associated(stream, "Item"))
        } else if let Some(future) = opaque(&declared, "Future") {
            Way::Future(associated(future, "Output"))
        } else if plain_type::is_plain(&declared) {
            Way::Ended
        } else {
            Way::Probed
        };
        Self {
            erased: erased(&declared),
            is_closure: is_closure(&declared),
            way,
            declared,
            values,
        }
    }
}

impl Returned {
    /// In which form a future is returned, by the words of the type.
    pub(crate) fn future(&self) -> Option<FutureForm> {
        match self.way {
            Way::Future(_) => Some(FutureForm::Opaque),
            Way::Probed if plain_type::is_boxed_future(&self.declared) => Some(FutureForm::Boxed),
            _ => None,
        }
    }

    /// Whether a stream is returned, by the words of the type.
    pub(crate) fn is_stream(&self) -> bool {
        match self.way {
            Way::Stream(_) | Way::StreamOrError(_) => true,
            Way::Probed => self.options_see_items() && self.future().is_none(),
            Way::Ended | Way::Future(_) => false,
        }
    }

    /// Whether options look at what a stream yields, or a future, and not at that itself.
    pub(crate) fn options_see_items(&self) -> bool {
        match self.way {
            Way::Ended => false,
            Way::Probed => plain_type::is_boxed(&self.declared),
            Way::Stream(_) | Way::StreamOrError(_) | Way::Future(_) => true,
        }
    }
}

/// The stream in a `Result<impl Stream, E>`.
fn stream_in_result(declared: &Type) -> Option<&TypeImplTrait> {
    let Type::Path(declared) = bare(declared) else {
        return None;
    };
    let last = declared.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Result" => {
            match arguments.args.first()? {
                GenericArgument::Type(first) => opaque(first, "Stream"),
                _ => None,
            }
        }
        _ => None,
    }
}

/// An `impl Trait` of which nothing is asked that a wrapper may not have.
fn opaque<'a>(declared: &'a Type, wanted: &str) -> Option<&'a TypeImplTrait> {
    let Type::ImplTrait(declared) = bare(declared) else {
        return None;
    };
    let mut found = 0;
    let all_known = declared.bounds.iter().all(|bound| match bound {
        TypeParamBound::Trait(bound) => match bound.path.segments.last() {
            Some(last) if last.ident == wanted => {
                found += 1;
                true
            }
            Some(last) => AUTO_TRAITS.iter().any(|known| last.ident == known),
            None => false,
        },
        TypeParamBound::Lifetime(_) | TypeParamBound::PreciseCapture(_) => true,
        _ => false,
    });
    (all_known && found == 1).then_some(declared)
}

/// The associated type that an `impl Trait` is said to have, in the second form.
fn associated(declared: &TypeImplTrait, name: &str) -> Type {
    let bounds = declared.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let arguments = bounds.filter_map(|last| match &last.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    });
    let found = arguments.flatten().find_map(|argument| match argument {
        GenericArgument::AssocType(found) if found.ident == name => Some(&found.ty),
        _ => None,
    });
    found.map_or_else(placeholder, erased)
}

/// The type with `_` for each `impl Trait`, and `'_` for each named lifetime.
///
/// A lifetime that is named in a body counts as used there, which hides that it need
/// not be named at all.
fn erased(declared: &Type) -> Type {
    let mut erased = declared.clone();
    let mut binders = Binders::default();
    binders.visit_type_mut(&mut erased);
    Eraser {
        bound: binders.names,
    }
    .visit_type_mut(&mut erased);
    erased
}

/// Whether the type is an `impl Fn`, `FnMut` or `FnOnce`.
///
/// One within another type is of no account: what a closure takes is not inferred
/// through a constructor such as `Ok` anyway.
fn is_closure(declared: &Type) -> bool {
    let Type::ImplTrait(declared) = bare(declared) else {
        return false;
    };
    let mut names = declared.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    names.any(|last| {
        let name = last.ident.to_string();
        let kinds = [
            "Fn",
            "FnMut",
            "FnOnce",
            "AsyncFn",
            "AsyncFnMut",
            "AsyncFnOnce",
        ];
        kinds.contains(&name.as_str())
    })
}

/// Collects the lifetimes that a `for<..>` brings.
#[derive(Default)]
struct Binders {
    names: Vec<Ident>,
}

impl VisitMut for Binders {
    fn visit_bound_lifetimes_mut(&mut self, visited: &mut BoundLifetimes) {
        let names = visited.lifetimes.iter().filter_map(|bound| match bound {
            GenericParam::Lifetime(bound) => Some(bound.lifetime.ident.clone()),
            _ => None,
        });
        self.names.extend(names);
    }
}

fn placeholder() -> Type {
    Type::Infer(TypeInfer {
        attrs: Vec::new(),
        underscore_token: Token![_](Span::mixed_site()),
    })
}

fn unit() -> Type {
    Type::Tuple(TypeTuple {
        attrs: Vec::new(),
        paren_token: Paren(Span::mixed_site()),
        elems: syn::punctuated::Punctuated::new(),
    })
}

/// The type without parentheses and without the groups that `macro_rules!` leaves.
fn bare(declared: &Type) -> &Type {
    match declared {
        Type::Paren(inner) => bare(&inner.elem),
        Type::Group(inner) => bare(&inner.elem),
        other => other,
    }
}

/// Replaces each `impl Trait` by `_`, and named lifetimes by `'_`.
struct Eraser {
    /// Lifetimes that a `for<..>` in the type brings.
    bound: Vec<Ident>,
}

impl VisitMut for Eraser {
    fn visit_lifetime_mut(&mut self, visited: &mut Lifetime) {
        let is_bound = self.bound.contains(&visited.ident);
        if !is_bound && visited.ident != "static" {
            visited.ident = Ident::new("_", visited.ident.span());
        }
    }

    fn visit_type_mut(&mut self, visited: &mut Type) {
        if let Type::ImplTrait(_) = visited {
            *visited = placeholder();
        } else {
            visit_mut::visit_type_mut(self, visited);
        }
    }

    fn visit_path_arguments_mut(&mut self, arguments: &mut PathArguments) {
        // Only `<..>` can hold an `impl Trait` that belongs to this function.
        if let PathArguments::AngleBracketed(_) = arguments {
            visit_mut::visit_path_arguments_mut(self, arguments);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_quote;

    use super::*;

    #[test]
    fn nested_impl_traits_become_placeholders() {
        let returned = Returned::new(&parse_quote!(-> Result<Vec<impl Display>, Error>));
        let erased = returned.erased.to_token_stream().to_string();
        assert_eq!(erased, "Result < Vec < _ > , Error >");
        assert!(returned.values == Values::Plain);
    }

    #[test]
    fn item_of_a_stream_or_future_is_what_is_said_of_it() {
        let item = |output| match Returned::new(&output).way {
            Way::Stream(item) | Way::StreamOrError(item) | Way::Future(item) => {
                Some(item.to_token_stream().to_string())
            }
            Way::Ended | Way::Probed => None,
        };
        for (output, expected) in [
            (
                parse_quote!(-> impl Send + Stream<Item = Result<A, impl Error>>),
                Some("Result < A , _ >"),
            ),
            (
                parse_quote!(-> io::Result<impl Stream<Item = A> + 'a>),
                Some("A"),
            ),
            (parse_quote!(-> impl Future<Output = A> + Send), Some("A")),
            (parse_quote!(-> impl Stream), Some("_")),
            (parse_quote!(-> impl Iterator<Item = A>), None),
        ] {
            assert_eq!(item(output).as_deref(), expected);
        }
    }

    #[test]
    fn streams_are_seen_where_another_type_may_take_their_place() {
        let way = |output| Returned::new(&output).way;
        for output in [
            parse_quote!(-> impl Stream<Item = u8>),
            parse_quote!(-> (impl Send + Unpin + futures::Stream<Item = u8> + 'a + use<'a, T>)),
        ] {
            assert!(matches!(way(output), Way::Stream(_)));
        }
        for output in [
            parse_quote!(-> Result<impl Stream<Item = Result<u8, E>> + Send, E>),
            parse_quote!(-> anyhow::Result<impl Stream<Item = u8>>),
        ] {
            assert!(matches!(way(output), Way::StreamOrError(_)));
        }
    }

    #[test]
    fn other_types_stay_what_they_are() {
        let way = |output| Returned::new(&output).way;
        for output in [
            parse_quote!(),
            parse_quote!(-> impl Stream<Item = u8> + Clone),
            parse_quote!(-> impl Iterator<Item = u8>),
            parse_quote!(-> Option<impl Stream<Item = u8>>),
            parse_quote!(-> Result<u8, impl Stream<Item = u8>>),
            parse_quote!(-> Result<Box<impl Stream<Item = u8>>, E>),
            parse_quote!(-> Pin<Box<dyn Stream<Item = u8>>>),
        ] {
            assert!(matches!(way(output), Way::Ended | Way::Probed));
        }
    }

    #[test]
    fn unit_and_never_are_seen_through_parentheses() {
        let values = |output| Returned::new(&output).values;
        assert!(values(parse_quote!()) == Values::Unit);
        assert!(values(parse_quote!(-> ())) == Values::Unit);
        assert!(values(parse_quote!(-> (!))) == Values::Never);
        assert!(values(parse_quote!(-> (u8,))) == Values::Plain);
    }
}
