//! Types that are told to be no streams or futures by how they are written.
//!
//! A guess: a name may be the program's own. Who calls its stream `Vec` gets a span
//! that ends with the call, and nothing else is different.

use syn::{GenericArgument, PathArguments, Type, TypeParamBound, TypeTraitObject};

/// Names of types that neither are nor hold a boxed stream or future.
const NAMES: &[&str] = &[
    "BTreeMap", "BTreeSet", "Cow", "Duration", "HashMap", "HashSet", "Option", "PathBuf", "String",
    "Uuid", "Value", "Vec", "VecDeque", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64",
    "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Whether the type, or the value of a `Result` of it, is one of these.
pub(crate) fn is_plain(declared: &Type) -> bool {
    match declared {
        Type::Paren(inner) => is_plain(&inner.elem),
        Type::Group(inner) => is_plain(&inner.elem),
        // An `impl Trait` that may be wrapped was seen before.
        Type::ImplTrait(_)
        | Type::Tuple(_)
        | Type::Array(_)
        | Type::Reference(_)
        | Type::Never(_)
        | Type::Ptr(_) => true,
        Type::Path(declared) => {
            let last = declared.path.segments.last();
            last.is_some_and(|last| {
                let name = last.ident.to_string();
                let is_known = NAMES.contains(&name.as_str());
                is_known || name == "Result" && holds_plain(&last.arguments)
            })
        }
        _ => false,
    }
}

/// Whether the values of a type are no results, nor hold any, by how it is written.
pub(crate) fn is_no_result(declared: &Type) -> bool {
    match declared {
        Type::Paren(inner) => is_no_result(&inner.elem),
        Type::Group(inner) => is_no_result(&inner.elem),
        Type::ImplTrait(_) => false,
        Type::Path(path) => {
            let last = path.path.segments.last();
            is_plain(declared) && last.is_some_and(|last| last.ident != "Result")
        }
        _ => is_plain(declared),
    }
}

/// Whether the type is written as a boxed stream or future, also in a `Result`.
pub(crate) fn is_boxed(declared: &Type) -> bool {
    let declared = match declared {
        Type::Paren(inner) => return is_boxed(&inner.elem),
        Type::Group(inner) => return is_boxed(&inner.elem),
        Type::Path(declared) => declared,
        _ => return false,
    };
    let Some(last) = declared.path.segments.last() else {
        return false;
    };
    let inner = first(&last.arguments);
    match last.ident.to_string().as_str() {
        "BoxStream" | "LocalBoxStream" | "BoxFuture" | "LocalBoxFuture" => true,
        "Result" | "Pin" => inner.is_some_and(is_boxed),
        "Box" => matches!(inner, Some(Type::TraitObject(object)) if is_stream(object)),
        _ => false,
    }
}

fn is_stream(object: &TypeTraitObject) -> bool {
    is_object_of(object, "Stream") || is_object_of(object, "Future")
}

fn is_object_of(object: &TypeTraitObject, wanted: &str) -> bool {
    object.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| last.ident == wanted)
        }
        _ => false,
    })
}

/// Whether the type is written as a boxed future.
pub(crate) fn is_boxed_future(declared: &Type) -> bool {
    let declared = match declared {
        Type::Paren(inner) => return is_boxed_future(&inner.elem),
        Type::Group(inner) => return is_boxed_future(&inner.elem),
        Type::Path(declared) => declared,
        _ => return false,
    };
    let Some(last) = declared.path.segments.last() else {
        return false;
    };
    let inner = first(&last.arguments);
    match last.ident.to_string().as_str() {
        "BoxFuture" | "LocalBoxFuture" => true,
        "Pin" => inner.is_some_and(is_boxed_future),
        "Box" => matches!(inner, Some(Type::TraitObject(object)) if is_object_of(object, "Future")),
        _ => false,
    }
}

/// Whether the first of some generic arguments is plain.
fn holds_plain(arguments: &PathArguments) -> bool {
    first(arguments).is_some_and(is_plain)
}

/// The first of some generic arguments that is a type.
fn first(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(first) => Some(first),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn plain_types_are_known_in_results_too() {
        for declared in [
            parse_quote!(()),
            parse_quote!(u64),
            parse_quote!(&'a Client),
            parse_quote!(std::vec::Vec<Hit>),
            parse_quote!(anyhow::Result<String>),
            parse_quote!(Result<Option<Hit>, Error>),
            parse_quote!((Stream, Stream)),
            parse_quote!(impl Display),
        ] {
            assert!(is_plain(&declared));
        }
    }

    #[test]
    fn boxes_of_streams_and_futures_are_known_by_their_words() {
        for declared in [
            parse_quote!(BoxStream<'static, u8>),
            parse_quote!(Pin<Box<dyn Stream<Item = u8> + Send>>),
            parse_quote!(Result<::core::pin::Pin<Box<dyn Future<Output = u8>>>, E>),
        ] {
            assert!(is_boxed(&declared));
        }
        assert!(!is_boxed(&parse_quote!(Pin<Box<dyn Answer>>)));
    }

    #[test]
    fn what_may_be_a_stream_is_not_plain() {
        for declared in [
            parse_quote!(BoxStream<'static, u8>),
            parse_quote!(Answer),
            parse_quote!(io::Result<Answer>),
            parse_quote!(Pin<Box<dyn Stream<Item = u8>>>),
            parse_quote!(Result),
        ] {
            assert!(!is_plain(&declared));
        }
    }
}
