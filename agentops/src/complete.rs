//! Items that are called like the options of the attributes, for editors.
//!
//! Used by `#[agentops::..]` to have rust-analyzer complete its options: it follows the
//! words of the attribute to an import from here, and offers what else could be imported.

/// Used by `#[agentops::..]` to import the words that stand in it; nameless, to hide nothing.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __complete_options {
    ($attribute:ident $($word:ident)*) => {
        use $crate::__private::complete::$attribute::{$($word as _),*};
    };
}

/// Used by `#[agentops::..]` where the compiler shall find nothing.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __complete_options {
    ($($words:ident)*) => {};
}

/// Makes a module per attribute, with an item per option.
macro_rules! options {
    ($($attribute:ident: $($option:ident)*;)*) => {$(
        #[doc = concat!("Used by `#[agentops::", stringify!($attribute), "]` to complete its options.")]
        #[allow(non_upper_case_globals, reason = "they are spelt like the options")]
        pub mod $attribute {
            $(
                #[doc = concat!("Used by `#[agentops::", stringify!($attribute), "(", stringify!($option), ")]` to complete it.")]
                pub const $option: () = ();
            )*
        }
    )*};
}

// The option `crate` has a name that no item can have. A test of agentops-macros
// compares this list with the options that there are.
options! {
    session: name id user metadata extract end_state flush metrics fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    agent: name id description version metrics fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    workflow: name version metrics fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    task: name version fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    operation: name leaf version fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    tool: name description r#type call_id cost metrics fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    guardrail: name stage triggered threshold action fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
    llm_call: provider model name operation request response usage prompt completion temperature top_p max_tokens stream server metrics fields args skip ret err ok_if err_if content baggage tags r#if parent root links kind on_cancel crate_;
}

#[cfg(test)]
mod tests {
    use crate::__private::complete::llm_call::{self, model, provider};
    use crate::__private::complete::{agent, guardrail, operation, session, task, tool, workflow};

    #[test]
    fn options_can_be_imported_from_where_expansions_do_it() {
        // Each attribute has a module of its own, even for the options of all.
        let names = [
            session::name,
            agent::name,
            workflow::name,
            task::name,
            operation::name,
            tool::name,
            guardrail::name,
            llm_call::name,
        ];
        assert_eq!(names, [session::crate_; 8]);
        assert_eq!((provider, model), (operation::leaf, tool::call_id));
    }
}
