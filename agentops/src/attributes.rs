//! The documentation of the attributes, to run its examples.
//!
//! It stands in agentops-macros, where editors find it, but the examples need this crate.

macro_rules! examples {
    ($($attribute:ident)*) => {$(
        #[doc = include_str!(concat!("../../agentops-macros/docs/", stringify!($attribute), ".md"))]
        mod $attribute {}
    )*};
}

examples! { session agent workflow task operation tool guardrail llm_call common }
