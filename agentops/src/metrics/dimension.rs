//! Dimensions that a program adds to metrics.

use agentops_spool::record::cursor::Cursor;

use crate::field::Field;

/// A value that may be a dimension of metrics, because there are only a few of it.
///
/// Each value of a dimension makes a time series of its own, so user ids and texts do
/// not belong there. Implement it for an enum to use that in `metrics(key = expr)`:
///
/// ```
/// use agentops::metrics::Dimension;
///
/// enum Tier {
///     Free,
///     Paid,
/// }
///
/// impl Dimension for Tier {
///     fn name(&self) -> &'static str {
///         match self {
///             Self::Free => "free",
///             Self::Paid => "paid",
///         }
///     }
/// }
///
/// #[agentops::tool(metrics(tier = tier))]
/// fn search(tier: Tier, query: &str) -> usize {
///     query.len()
/// }
/// # let captured = agentops::testing::capture(|| search(Tier::Paid, "rust"));
/// # assert_eq!(captured.span("execute_tool search").str("tier"), Some("paid"));
/// # search(Tier::Free, "");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` may have any number of values, so it cannot be a dimension of metrics",
    label = "each value would be a time series of its own",
    note = "record it with `fields(..)`, or give a string literal, a `bool`, or an enum that implements `agentops::metrics::Dimension`"
)]
pub trait Dimension {
    /// The value in a word.
    fn name(&self) -> &'static str;
}

impl Dimension for bool {
    fn name(&self) -> &'static str {
        match self {
            true => "true",
            false => "false",
        }
    }
}

impl Dimension for &'static str {
    fn name(&self) -> &'static str {
        self
    }
}

impl<D: Dimension> Dimension for &D {
    fn name(&self) -> &'static str {
        (**self).name()
    }
}

/// Used by `#[agentops::..(metrics(..))]` to record a dimension.
#[derive(Debug)]
pub struct Dimensioned<'a, D: ?Sized>(pub &'a D);

impl<D: Dimension + ?Sized> Field for Dimensioned<'_, D> {
    fn write(&self, out: &mut Cursor<'_>) {
        out.str_value(self.0.name());
    }
}
