//! Look into the expressions that options were given.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAsync, ExprAwait, ExprClosure, ExprLit, Lit, LitStr};

use crate::diagnostics::Errors;

/// The expression that is just this literal.
pub(crate) fn of_literal(literal: LitStr) -> Expr {
    let attrs = Vec::new();
    let lit = Lit::Str(literal);
    Expr::Lit(ExprLit { attrs, lit })
}

/// The literal an expression consists of, also one that went through a `macro_rules!`.
pub(crate) fn literal(expr: &Expr) -> Option<&Lit> {
    match expr {
        Expr::Lit(literal) => Some(&literal.lit),
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

/// The expression, unless it awaits: options are evaluated in a sync closure.
pub(crate) fn without_await(mut expr: Expr, option: &str, errors: &mut Errors) -> Option<Expr> {
    let mut finder = AwaitFinder { found: Vec::new() };
    finder.visit_expr_mut(&mut expr);
    if finder.found.is_empty() {
        return Some(expr);
    }
    for place in finder.found {
        errors.over(
            place,
            format!(
                "`.await` is not possible in `{option}`, which is evaluated before the body; await in the caller and pass the value as an argument"
            ),
        );
    }
    None
}

/// Collects the `.await`s that would be evaluated with the expression itself.
struct AwaitFinder {
    /// The tokens `.await` of each.
    found: Vec<TokenStream>,
}

impl VisitMut for AwaitFinder {
    fn visit_expr_await_mut(&mut self, expr: &mut ExprAwait) {
        visit_mut::visit_expr_await_mut(self, expr);
        let mut tokens = expr.dot_token.to_token_stream();
        expr.await_token.to_tokens(&mut tokens);
        self.found.push(tokens);
    }

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
}
