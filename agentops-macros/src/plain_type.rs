//! Types that are told to be no streams or futures by how they are written.
//!
//! A guess: a name may be the program's own. Who calls its stream `Vec` gets a span
//! that ends with the call, and nothing else is different.

use syn::{GenericArgument, PathArguments, Type};

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
        // One that may be wrapped was seen before.
        Type::ImplTrait(_) => true,
        Type::Tuple(_) | Type::Array(_) | Type::Reference(_) | Type::Never(_) | Type::Ptr(_) => {
            true
        }
        Type::Path(declared) => {
            let last = declared.path.segments.last();
            last.is_some_and(|last| {
                let is_known = NAMES.iter().any(|known| last.ident == known);
                is_known || last.ident == "Result" && holds_plain(&last.arguments)
            })
        }
        _ => false,
    }
}

/// Whether the first of some generic arguments is plain.
fn holds_plain(arguments: &PathArguments) -> bool {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return false;
    };
    matches!(arguments.args.first(), Some(GenericArgument::Type(first)) if is_plain(first))
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
