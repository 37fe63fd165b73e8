//! Definitions in the arena: what records refer to by number.
//!
//! A [`SiteDef`] is a call site as another process can read it, so that the
//! records of a dead process keep their meaning.

use crate::record::cursor::Cursor;
use crate::record::reader::Reader;
use crate::record::value::Value;
use crate::site::{Kind, OnCancel, Site, SpanKind, StaticValue};

/// The attribute that says what a span does, by the conventions for generative AI.
const OPERATION_NAME: &str = "gen_ai.operation.name";

/// Tag of a site among the definitions.
pub(crate) const SITE: u8 = 1;
/// Tag of the resource among the definitions.
pub(crate) const RESOURCE: u8 = 2;

/// A site with owned strings, as written to and read from an arena.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteDef {
    /// What the function is to the agent.
    pub kind: Kind,
    /// The name that its spans have; without one it is the function's, or made of attributes.
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
    /// What its spans are to other spans, if that does not follow from the kind.
    pub span_kind: Option<SpanKind>,
    /// What becomes of the status where its future is dropped before completion.
    pub on_cancel: OnCancel,
    /// How its calls are counted; only known to the process that makes them.
    pub measured: Measured,
}

/// How the calls of a site are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Whether they feed no metrics.
    pub is_never: bool,
    /// How many of the last keys are dimensions.
    pub dimension_count: usize,
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
        let is_composed = site.kind.name_key().is_some();
        let name = match is_composed {
            true => Some(site.name().into_owned()),
            false => site.name.map(Into::into),
        };
        Self {
            kind: site.kind,
            name,
            function: site.function.into(),
            module: site.module.into(),
            file: site.file.into(),
            line: site.line,
            statics: conventional(site)
                .chain(site.statics.iter().copied())
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
            keys: site.keys.iter().map(|&key| key.into()).collect(),
            span_kind: site.span_kind,
            on_cancel: site.on_cancel,
            measured: Measured {
                is_never: !site.is_measured,
                dimension_count: site.dimension_count,
            },
        }
    }
}

/// What follows from the kind of a site, by the conventions for generative AI.
fn conventional(site: &Site) -> impl Iterator<Item = (&'static str, StaticValue)> {
    let operation = site.kind.operation();
    let name = site.name.unwrap_or(site.function);
    let name = site.kind.name_key().map(|key| (key, name));
    // A span that a builder made brings its own.
    let is_builder = site.function.is_empty();
    operation
        .map(|operation| (OPERATION_NAME, operation))
        .into_iter()
        .chain(name)
        .filter(move |_| !is_builder)
        .map(|(key, text)| (key, StaticValue::Str(text)))
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
    /// The attributes that all of its spans have.
    pub fn constants(&self) -> impl Iterator<Item = (&str, Value<'_>)> {
        let kind = ("agentops.span.kind", Value::Str(self.kind.as_str()));
        let statics = self
            .statics
            .iter()
            .map(|(key, value)| (key.as_str(), value.into()));
        let code = [
            ("code.function.name", Value::Str(&self.function)),
            ("code.file.path", Value::Str(&self.file)),
            ("code.line.number", Value::Int(self.line.into())),
        ];
        // A span that a builder made brings its own.
        let is_builder = self.function.is_empty();
        let code = code.into_iter().filter(move |_| !is_builder);
        [kind].into_iter().chain(statics).chain(code)
    }

    /// What its spans are to other spans.
    pub(crate) fn kind_of_spans(&self) -> SpanKind {
        self.span_kind.unwrap_or(match self.kind {
            Kind::LlmCall => SpanKind::Client,
            _ => SpanKind::Internal,
        })
    }

    /// The names of those fields that are dimensions of metrics.
    pub fn dimensions(&self) -> &[String] {
        let first = self
            .keys
            .len()
            .saturating_sub(self.measured.dimension_count);
        &self.keys[first..]
    }

    /// Writes the body of a table entry; ARCHITECTURE.md has its layout.
    pub fn write(&self, id: u32, out: &mut Cursor<'_>) {
        out.u32(id);
        out.u32(self.line);
        out.u8(self.kind as u8);
        let span_kind = self.span_kind.map_or(0, |span_kind| span_kind as u8);
        let cancel = self.on_cancel as u8;
        out.u8(u8::from(self.name.is_some()) | span_kind << 1 | cancel << 4);
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
        let flags = from.u8()?;
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
        let name = (flags & 1 != 0).then_some(name);
        let def = Self {
            kind,
            name,
            function,
            module,
            file,
            line,
            statics,
            keys,
            span_kind: SpanKind::from_u8(flags >> 1 & 7),
            on_cancel: OnCancel::from_u8(flags >> 4 & 3),
            measured: Measured::default(),
        };
        Some((id, def))
    }
}

fn count(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}
