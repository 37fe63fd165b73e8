//! Look into the expressions that options were given.

use proc_macro2::{TokenStream, TokenTree};
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
pub(crate) fn without_await(expr: Expr, option: &str, errors: &mut Errors) -> Option<Expr> {
    let mut expr = bare(expr);
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

/// What is said of a constant that is named from `Self`, which is not known where it is read.
pub(crate) fn self_problem(constant: &Expr) -> Option<String> {
    let Expr::Path(path) = constant else {
        return None;
    };
    let first = path.path.segments.first()?;
    (first.ident == "Self").then(|| {
        "a constant cannot be named from `Self` here; write the type, as in `Type::NAME`".to_owned()
    })
}

/// The expression, if it is a closure over one value or a path to a function.
pub(crate) fn closure(expr: Expr, option: &str, usage: &str, errors: &mut Errors) -> Option<Expr> {
    let expr = bare(expr);
    match &expr {
        Expr::Closure(closure) if closure.inputs.len() == 1 => return Some(expr),
        Expr::Closure(closure) => {
            let place = between_bars(closure);
            errors.over(
                place,
                format!(
                    "the closure of `{option}` takes one argument, a reference to the value: `{usage}`"
                ),
            );
        }
        Expr::Path(_) => return Some(expr),
        _ => errors.over(
            &expr,
            format!("`{option}` takes a closure or a path to a function: `{usage}`"),
        ),
    }
    None
}

/// The expression without the invisible bounds that a `macro_rules!` puts around it.
fn bare(mut expr: Expr) -> Expr {
    while let Expr::Group(group) = expr {
        expr = *group.expr;
    }
    expr
}

/// The bars of a closure and what is between them.
fn between_bars(closure: &ExprClosure) -> TokenStream {
    let mut bars = 0;
    let tokens = closure.to_token_stream().into_iter();
    let mut place = TokenStream::new();
    for token in tokens {
        let is_bar = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '|');
        bars += usize::from(is_bar);
        if bars > 0 {
            place.extend([token]);
        }
        if bars == 2 {
            break;
        }
    }
    place
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
