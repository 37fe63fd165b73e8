//! Values that are numbers: literals in a range, or expressions.

use std::ops::RangeInclusive;

use syn::{Expr, Lit, UnOp};

use crate::diagnostics::Errors;
use crate::expression;
use crate::options::Given;
use crate::settings::{Field, Settings, Static, StaticValue};

impl Given<'_> {
    /// Sets an attribute to a number; a literal must lie in `range`.
    pub(crate) fn set_number(
        self,
        key: &'static str,
        range: &RangeInclusive<f64>,
        settings: &mut Settings,
        errors: &mut Errors,
    ) {
        let (name, usage) = (self.key.name, self.key.usage);
        let Some(expr) = self.expr(errors) else {
            return;
        };
        match literal(&expr) {
            Literal::None => settings.fields.push(Field::plain(key, expr)),
            Literal::Number(number) if range.contains(&number) => settings.statics.push(Static {
                key,
                value: StaticValue::Float(number),
            }),
            Literal::Number(_) => {
                let problem = match (range.start(), range.end()) {
                    (start, end) if end.is_infinite() => {
                        format!("`{name}` must be at least {start:?}: `{usage}`")
                    }
                    (start, end) => {
                        format!("`{name}` must lie between {start:?} and {end:?}: `{usage}`")
                    }
                };
                errors.over(&expr, problem);
            }
            Literal::Other => errors.over(&expr, format!("`{name}` takes a number: `{usage}`")),
        }
    }

    /// Sets an attribute to a whole number; a literal must be at least 1.
    pub(crate) fn set_count(self, key: &'static str, settings: &mut Settings, errors: &mut Errors) {
        let (name, usage) = (self.key.name, self.key.usage);
        let Some(expr) = self.expr(errors) else {
            return;
        };
        let whole = match expression::literal(&expr) {
            Some(Lit::Int(literal)) => literal.base10_parse::<i64>().ok(),
            _ => None,
        };
        match (whole, literal(&expr)) {
            (None, Literal::None) => settings.fields.push(Field::plain(key, expr)),
            (Some(1..), _) => settings.statics.push(Static {
                key,
                value: StaticValue::Int(whole.unwrap_or_default()),
            }),
            (_, Literal::Number(number)) if number < 1.0 => {
                errors.over(&expr, format!("`{name}` must be at least 1: `{usage}`"));
            }
            (None, Literal::Number(number)) if number > 1e18 => {
                errors.over(&expr, format!("`{name}` is too big: `{usage}`"));
            }
            _ => errors.over(&expr, format!("`{name}` takes a whole number: `{usage}`")),
        }
    }
}

/// What an expression is that may be a literal.
enum Literal {
    /// No literal.
    None,
    /// A number, with its sign.
    Number(f64),
    /// Another literal.
    Other,
}

fn literal(expr: &Expr) -> Literal {
    if let Expr::Unary(unary) = expr
        && let UnOp::Neg(_) = unary.op
    {
        return match literal(&unary.expr) {
            Literal::Number(number) => Literal::Number(-number),
            other => other,
        };
    }
    let parsed = match expression::literal(expr) {
        None => return Literal::None,
        Some(Lit::Int(literal)) => literal.base10_parse::<f64>().ok(),
        Some(Lit::Float(literal)) => literal.base10_parse::<f64>().ok(),
        Some(_) => None,
    };
    parsed.map_or(Literal::Other, Literal::Number)
}
