//! Functions that trip lints, and some that trip none; the test takes the attributes off.
#![warn(clippy::all, clippy::nursery, clippy::pedantic, clippy::restriction)]
#![warn(unused, future_incompatible, nonstandard_style, let_underscore, keyword_idents)]
#![warn(rust_2018_idioms, rust_2021_compatibility, rust_2024_compatibility)]
#![warn(missing_docs, missing_copy_implementations, missing_debug_implementations)]
#![warn(redundant_lifetimes, single_use_lifetimes, unused_lifetimes, unused_qualifications)]
#![warn(trivial_casts, trivial_numeric_casts, unused_results, unreachable_pub, unsafe_code)]
#![warn(meta_variable_misuse, macro_use_extern_crate, non_ascii_idents, unit_bindings)]
#![warn(refining_impl_trait, impl_trait_redundant_captures, explicit_outlives_requirements)]

mod arguments;
mod bodies;
mod futures;
mod methods;
mod never;
mod results;
mod signatures;
