//! Values that are one word of a few.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Lit};

use crate::diagnostics::Errors;
use crate::expression;
use crate::options::Given;
use crate::suggest;

impl Given<'_> {
    /// The word of `key = word`, which is one of `choices`; what they are is said in `what`.
    pub(crate) fn word(
        self,
        choices: &[&'static str],
        what: &str,
        errors: &mut Errors,
    ) -> Option<&'static str> {
        let name = self.key.name;
        let expr = self.expr(errors)?;
        let written = match &expr {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        let found = |word: &str| choices.iter().copied().find(|choice| *choice == word);
        if let Some(word) = written.as_deref().and_then(found) {
            return Some(word);
        }
        let problem = match (written, expression::literal(&expr)) {
            (Some(word), _) => unknown(&word, choices, what),
            (None, Some(Lit::Str(literal))) => {
                match suggest::nearest(&literal.value(), choices.iter().copied()) {
                    Some(meant) => {
                        format!("`{name}` takes a word, not a string: `{name} = {meant}`")
                    }
                    None => format!("`{name}` takes a word: {}", listed(choices)),
                }
            }
            (None, _) => format!("`{name}` takes a word: {}", listed(choices)),
        };
        errors.over(place(&expr), problem);
        None
    }
}

fn place(expr: &Expr) -> TokenStream {
    expr.to_token_stream()
}

fn unknown(word: &str, choices: &[&'static str], what: &str) -> String {
    match suggest::nearest(word, choices.iter().copied()) {
        Some(meant) => format!("unknown {what} `{word}`; did you mean `{meant}`?"),
        None => format!("unknown {what} `{word}`; expected {}", listed(choices)),
    }
}

/// `a`, `b` or `c`.
fn listed(choices: &[&str]) -> String {
    let quoted: Vec<_> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
