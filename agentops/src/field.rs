//! Values that a span records.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use agentops_spool::record::cursor::Cursor;

/// A value that can be recorded as a span attribute as it is.
///
/// Text, truth values, numbers, lists of these, and `Option` of any (`None`
/// records nothing). For other types write `key = ?value` (`Debug`) or
/// `key = %value` (`Display`) in the attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be recorded as a span attribute",
    label = "not text, a number, a truth value or a list of these",
    note = "where `fields(..)` stands alone, write `key = ?value` for its `Debug` form or `key = %value` for its `Display` form",
    note = "elsewhere, give something of these types, such as `value.to_string()`"
)]
pub trait Field {
    /// Whether there is anything to record.
    #[doc(hidden)]
    #[inline]
    fn is_some(&self) -> bool {
        true
    }

    /// Writes the value.
    #[doc(hidden)]
    fn write(&self, out: &mut Cursor<'_>);

    /// Writes the value as number `index` of the site, if there is any.
    #[doc(hidden)]
    #[inline]
    fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
        if self.is_some() {
            out.site_attr(index);
            self.write(out);
        }
    }
}

impl Field for str {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.str_value(self);
    }

    #[inline]
    fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
        out.site_text(index, self);
    }
}

impl Field for String {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.str_value(self);
    }

    #[inline]
    fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
        out.site_text(index, self);
    }
}

impl Field for bool {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.bool_value(*self);
    }
}

impl Field for char {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.str_value(self.encode_utf8(&mut [0; 4]));
    }
}

impl Field for f64 {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.f64_value(*self);
    }
}

impl Field for f32 {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.f64_value((*self).into());
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Field for $number {
            /// A number beyond the range of `i64` is recorded as text.
            #[inline]
            fn write(&self, out: &mut Cursor<'_>) {
                match i64::try_from(*self) {
                    Ok(number) => out.i64_value(number),
                    Err(_) => out.fmt_value(format_args!("{self}")),
                }
            }

            #[inline]
            fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
                match i64::try_from(*self) {
                    Ok(number) => out.site_i64(index, number),
                    Err(_) => {
                        out.site_attr(index);
                        self.write(out);
                    }
                }
            }
        }
    )*};
}

whole_numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! forwarded {
    ($($type:ty),*) => {$(
        impl<T: Field + ?Sized> Field for $type {
            #[inline]
            fn is_some(&self) -> bool {
                (**self).is_some()
            }

            #[inline]
            fn write(&self, out: &mut Cursor<'_>) {
                (**self).write(out);
            }

            #[inline]
            fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
                (**self).write_field(index, out);
            }
        }
    )*};
}

forwarded!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: Field + ToOwned + ?Sized> Field for Cow<'_, T> {
    #[inline]
    fn is_some(&self) -> bool {
        (**self).is_some()
    }

    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        (**self).write(out);
    }
}

impl<T: Field> Field for Option<T> {
    #[inline]
    fn is_some(&self) -> bool {
        self.as_ref().is_some_and(Field::is_some)
    }

    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    #[inline]
    fn write_field(&self, index: u16, out: &mut Cursor<'_>) {
        if let Some(value) = self {
            value.write_field(index, out);
        }
    }
}

impl<T: Field> Field for [T] {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.array_value(self.iter().filter(Field::is_some).count());
        for value in self.iter().filter(Field::is_some) {
            value.write(out);
        }
    }
}

impl<T: Field, const N: usize> Field for [T; N] {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        self[..].write(out);
    }
}

impl<T: Field> Field for Vec<T> {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        self[..].write(out);
    }
}

/// Records a value's `Debug` form.
#[derive(Debug)]
pub struct Debugged<'a, T: ?Sized>(pub &'a T);

impl<T: fmt::Debug + ?Sized> Field for Debugged<'_, T> {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.fmt_value(format_args!("{:?}", self.0));
    }
}

/// Records a value's `Display` form.
#[derive(Debug)]
pub struct Displayed<'a, T: ?Sized>(pub &'a T);

impl<T: fmt::Display + ?Sized> Field for Displayed<'_, T> {
    #[inline]
    fn write(&self, out: &mut Cursor<'_>) {
        out.fmt_value(format_args!("{}", self.0));
    }
}
