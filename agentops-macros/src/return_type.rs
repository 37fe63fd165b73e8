//! The declared return type, and what of it can be said inside the body.

use proc_macro2::Span;
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{PathArguments, ReturnType, Token, Type, TypeInfer, TypeTuple};

/// A return type in the two forms an expansion needs.
pub(crate) struct Returned {
    /// As the user wrote it; `()` where nothing was written.
    pub(crate) declared: Type,
    /// The same with `_` for each `impl Trait`, which may not be named in a body.
    pub(crate) erased: Type,
    /// What is known about its values.
    pub(crate) values: Values,
}

/// What is known about the values of a return type.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Values {
    /// Only `()`, so no outcome can be read from them.
    Unit,
    /// None: the function never returns.
    Never,
    /// The type holds an `impl Trait`.
    Opaque,
    /// Any other type.
    Plain,
}

impl Returned {
    /// Looks at the part of a signature after the arguments.
    pub(crate) fn new(output: &ReturnType) -> Self {
        let declared = match output {
            ReturnType::Default => unit(),
            ReturnType::Type(_, declared) => declared.as_ref().clone(),
        };
        let mut erased = declared.clone();
        let mut visitor = Eraser { found: false };
        visitor.visit_type_mut(&mut erased);
        let values = match bare(&erased) {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Values::Unit,
            Type::Never(_) => Values::Never,
            _ if visitor.found => Values::Opaque,
            _ => Values::Plain,
        };
        Self {
            declared,
            erased,
            values,
        }
    }
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

/// Replaces each `impl Trait` by `_`.
struct Eraser {
    /// Whether there was one.
    found: bool,
}

impl VisitMut for Eraser {
    fn visit_type_mut(&mut self, visited: &mut Type) {
        if let Type::ImplTrait(_) = visited {
            self.found = true;
            *visited = Type::Infer(TypeInfer {
                attrs: Vec::new(),
                underscore_token: Token![_](Span::mixed_site()),
            });
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
        assert!(returned.values == Values::Opaque);
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
