//! The serializer that follows a response's members.

use std::fmt::Display;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::llm::sniff::key::KeyName;
use crate::llm::sniff::walk::{Stop, Walk};

/// The value at the current path.
pub(super) struct Node<'w> {
    pub(super) walk: &'w mut Walk,
}

impl<'w> Node<'w> {
    fn visit(self) -> Result<&'w mut Walk, Stop> {
        self.walk.visit()?;
        Ok(self.walk)
    }

    /// What wraps one value is no value more, but takes its place on the stack.
    fn wrapped<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Stop> {
        match self.walk.is_deep() {
            true => Err(Stop),
            false => value.serialize(self),
        }
    }

    fn members(self) -> Result<Members<'w>, Stop> {
        let walk = self.visit()?;
        Ok(Members { walk, key: None })
    }
}

macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {$(
        fn $method(self, value: $number) -> Result<(), Stop> {
            let walk = self.visit()?;
            // Negative numbers count nothing.
            i128::from(value).try_into().map(|number| walk.number(number)).or(Ok(()))
        }
    )*};
}

impl<'w> Serializer for Node<'w> {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Members<'w>;
    type SerializeTuple = Members<'w>;
    type SerializeTupleStruct = Members<'w>;
    type SerializeTupleVariant = Members<'w>;
    type SerializeMap = Members<'w>;
    type SerializeStruct = Members<'w>;
    type SerializeStructVariant = Members<'w>;

    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, truth: bool) -> Result<(), Stop> {
        self.visit()?.truth(truth);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), Stop> {
        // As it is written, and not with the digits that only `f64` tells.
        let written = number.to_string().parse();
        self.serialize_f64(written.unwrap_or_else(|_| number.into()))
    }

    fn serialize_f64(self, number: f64) -> Result<(), Stop> {
        self.visit()?.fraction(number);
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Stop> {
        self.visit()?.text(text);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Stop> {
        self.wrapped(value)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        self.wrapped(value)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Stop> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        self.wrapped(value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'w>, Stop> {
        self.members()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Members<'w>, Stop> {
        self.members()
    }

    // Nothing of these kinds is looked for.
    fn serialize_char(self, _: char) -> Result<(), Stop> {
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Stop> {
        Ok(())
    }
    fn serialize_none(self) -> Result<(), Stop> {
        Ok(())
    }
    fn serialize_unit(self) -> Result<(), Stop> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Stop> {
        Ok(())
    }
    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), Stop> {
        Ok(())
    }
}

/// The members of a list, a map or a struct.
pub(super) struct Members<'w> {
    walk: &'w mut Walk,
    /// The key of a map's next value.
    key: Option<&'static str>,
}

impl Members<'_> {
    /// An element has its list's path.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        value.serialize(Node { walk: self.walk })
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Stop> {
        if !self.walk.step_in(name) {
            return Ok(());
        }
        let result = self.element(value);
        self.walk.step_out();
        result
    }
}

macro_rules! elements {
    ($($part:ident: $method:ident),*) => {$(
        impl $part for Members<'_> {
            type Ok = ();
            type Error = Stop;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
                self.element(value)
            }

            fn end(self) -> Result<(), Stop> {
                Ok(())
            }
        }
    )*};
}

elements!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

macro_rules! fields {
    ($($part:ident),*) => {$(
        impl $part for Members<'_> {
            type Ok = ();
            type Error = Stop;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Stop> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Stop> {
                Ok(())
            }
        }
    )*};
}

fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Stop;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stop> {
        self.key = None;
        // A key that is no text is no name: its value is passed over.
        let mut name = KeyName(&mut self.key);
        let _ = key.serialize(&mut name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stop> {
        match self.key.take() {
            Some(name) => self.member(name, value),
            None => Ok(()),
        }
    }

    fn end(self) -> Result<(), Stop> {
        Ok(())
    }
}
