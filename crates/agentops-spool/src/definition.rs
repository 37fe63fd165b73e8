//! Definitions in the arena: what records refer to by number.
//!
//! A [`SiteDef`] is a call site as another process can read it, so that the
//! records of a dead process keep their meaning.

use crate::record::cursor::Cursor;
use crate::record::reader::Reader;
use crate::record::value::Value;
use crate::site::{Kind, Site, StaticValue};

/// Tag of a site among the definitions.
pub(crate) const SITE: u8 = 1;
/// Tag of the resource among the definitions.
pub(crate) const RESOURCE: u8 = 2;

/// A site with owned strings, as written to and read from an arena.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteDef {
    /// What the function is to the agent.
    pub kind: Kind,
    /// The name given in the attribute, or the function's for all kinds but `llm_call`.
    pub name: Option<String>,
    /// The function's name.
    pub function: String,
    /// The module that holds it.
    pub module: String,
    /// Source file.
    pub file: String,
    /// Line in it.
    pub line: u32,
    /// Attributes known at compile time.
    pub statics: Vec<(String, StaticAttr)>,
    /// Names of the recorded fields.
    pub keys: Vec<String>,
}

/// A [`StaticValue`] with owned text.
#[derive(Clone, Debug, PartialEq)]
pub enum StaticAttr {
    /// Text.
    Str(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
}

impl From<&Site> for SiteDef {
    fn from(site: &Site) -> Self {
        Self {
            kind: site.kind,
            name: site.name.map(Into::into),
            function: site.function.into(),
            module: site.module.into(),
            file: site.file.into(),
            line: site.line,
            statics: site
                .statics
                .iter()
                .map(|(key, value)| ((*key).into(), (*value).into()))
                .collect(),
            keys: site.keys.iter().map(|&key| key.into()).collect(),
        }
    }
}

impl From<StaticValue> for StaticAttr {
    fn from(value: StaticValue) -> Self {
        match value {
            StaticValue::Str(text) => Self::Str(text.into()),
            StaticValue::Int(number) => Self::Int(number),
            StaticValue::Float(number) => Self::Float(number),
            StaticValue::Bool(truth) => Self::Bool(truth),
        }
    }
}

impl StaticAttr {
    fn of(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Str(text) => Some(Self::Str(text.into())),
            Value::Int(number) => Some(Self::Int(number)),
            Value::Float(number) => Some(Self::Float(number)),
            Value::Bool(truth) => Some(Self::Bool(truth)),
            Value::Bytes(_) | Value::Array(_) => None,
        }
    }
}

impl<'a> From<&'a StaticAttr> for Value<'a> {
    fn from(value: &'a StaticAttr) -> Self {
        match value {
            StaticAttr::Str(text) => Self::Str(text),
            StaticAttr::Int(number) => Self::Int(*number),
            StaticAttr::Float(number) => Self::Float(*number),
            StaticAttr::Bool(truth) => Self::Bool(*truth),
        }
    }
}

impl SiteDef {
    /// Writes the body of a table entry; ARCHITECTURE.md has its layout.
    pub fn write(&self, id: u32, out: &mut Cursor<'_>) {
        out.u32(id);
        out.u32(self.line);
        out.u8(self.kind as u8);
        out.u8(u8::from(self.name.is_some()));
        out.u16(count(self.statics.len()));
        out.u16(count(self.keys.len()));
        for text in [
            self.name.as_deref().unwrap_or(""),
            &self.function,
            &self.module,
            &self.file,
        ] {
            out.text(text);
        }
        for (key, value) in &self.statics {
            out.text(key);
            match value {
                StaticAttr::Str(text) => out.str_value(text),
                StaticAttr::Int(number) => out.i64_value(*number),
                StaticAttr::Float(number) => out.f64_value(*number),
                StaticAttr::Bool(truth) => out.bool_value(*truth),
            }
        }
        for key in &self.keys {
            out.text(key);
        }
    }

    /// Reads what [`SiteDef::write`] wrote; `None` if it is damaged.
    #[must_use]
    pub fn read(entry: &[u8]) -> Option<(u32, Self)> {
        let mut from = Reader::new(entry);
        let id = from.u32()?;
        let line = from.u32()?;
        let kind = Kind::from_u8(from.u8()?);
        let named = from.u8()? != 0;
        let (static_count, key_count) = (from.u16()?, from.u16()?);
        let mut text = || from.text().map(str::to_owned);
        let name = text()?;
        let (function, module, file) = (text()?, text()?, text()?);
        let mut statics = Vec::new();
        for _ in 0..static_count {
            let key = from.text()?.to_owned();
            statics.push((key, StaticAttr::of(from.value()?)?));
        }
        let mut keys = Vec::new();
        for _ in 0..key_count {
            keys.push(from.text()?.to_owned());
        }
        let name = named.then_some(name);
        let def = Self {
            kind,
            name,
            function,
            module,
            file,
            line,
            statics,
            keys,
        };
        Some((id, def))
    }
}

fn count(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}
