//! Call sites: what is known about an annotated function before it runs.
//!
//! A [`Site`] is a static that the macros place at each annotated function. Its
//! first use registers it: it gets a number that records refer to, and its
//! [`SiteDef`] is written to the arena, so that the records of a dead process
//! can still be read by another.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::pool;
use crate::record::cursor::Cursor;
use crate::record::reader::Reader;

/// What an annotated function is to the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A span that OpenTelemetry code of others made.
    Foreign = 0,
    /// One run of the agent.
    Session = 1,
    /// An agent.
    Agent = 2,
    /// A workflow.
    Workflow = 3,
    /// A task of a workflow.
    Task = 4,
    /// Any step worth a span.
    Operation = 5,
    /// A tool that the model may call.
    Tool = 6,
    /// A check of input or output.
    Guardrail = 7,
    /// A request to a language model.
    LlmCall = 8,
}

impl Kind {
    /// The value of the attribute `agentops.span.kind`; empty for foreign spans.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Foreign => "",
            Self::Session => "session",
            Self::Agent => "agent",
            Self::Workflow => "workflow",
            Self::Task => "task",
            Self::Operation => "operation",
            Self::Tool => "tool",
            Self::Guardrail => "guardrail",
            Self::LlmCall => "llm_call",
        }
    }

    pub(crate) const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::Session,
            2 => Self::Agent,
            3 => Self::Workflow,
            4 => Self::Task,
            5 => Self::Operation,
            6 => Self::Tool,
            7 => Self::Guardrail,
            8 => Self::LlmCall,
            _ => Self::Foreign,
        }
    }
}

/// An attribute value that is known at compile time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StaticValue {
    /// Text.
    Str(&'static str),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
}

/// An annotated function.
#[derive(Debug)]
pub struct Site {
    kind: Kind,
    name: Option<&'static str>,
    function: &'static str,
    module: &'static str,
    file: &'static str,
    line: u32,
    statics: &'static [(&'static str, StaticValue)],
    keys: &'static [&'static str],
    /// 0 until registered.
    id: AtomicU32,
}

impl Site {
    /// Describes an annotated function; `keys` are the names of its recorded fields, in order.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "called by generated code only")]
    pub const fn new(
        kind: Kind,
        name: Option<&'static str>,
        function: &'static str,
        module: &'static str,
        file: &'static str,
        line: u32,
        statics: &'static [(&'static str, StaticValue)],
        keys: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            name,
            function,
            module,
            file,
            line,
            statics,
            keys,
            id: AtomicU32::new(0),
        }
    }

    /// What the function is to the agent.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The span name as far as it is known before the call.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name.unwrap_or(self.function)
    }

    /// The name of recorded field `index`.
    #[must_use]
    pub fn key(&self, index: u16) -> Option<&'static str> {
        self.keys.get(usize::from(index)).copied()
    }

    /// The number that records refer to; registers the site on first use.
    #[inline]
    pub fn id(&'static self) -> u32 {
        match self.id.load(Ordering::Acquire) {
            0 => self.register(),
            id => id,
        }
    }

    #[cold]
    fn register(&'static self) -> u32 {
        let mut sites = registry();
        let known = self.id.load(Ordering::Acquire);
        if known != 0 {
            return known;
        }
        let def = Arc::new(SiteDef::from(self));
        let id = u32::try_from(sites.len() + 1).unwrap_or(u32::MAX);
        pool::define_site(id, &def);
        sites.push(def);
        self.id.store(id, Ordering::Release);
        id
    }
}

/// The definitions of all registered sites; number `id` stands at index `id - 1`.
static REGISTRY: Mutex<Vec<Arc<SiteDef>>> = Mutex::new(Vec::new());

fn registry() -> MutexGuard<'static, Vec<Arc<SiteDef>>> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `f` on every site registered so far while no other can be added.
pub(crate) fn with_registered(f: impl FnOnce(&[Arc<SiteDef>])) {
    f(&registry());
}

/// Looks sites up by number, in this process or in the table of a dead one.
#[derive(Debug, Default)]
pub struct Sites {
    known: Vec<Option<Arc<SiteDef>>>,
    /// Whether unknown numbers are looked up among the sites of this process.
    live: bool,
}

impl Sites {
    /// The sites of this process, followed as they are registered.
    #[must_use]
    pub fn live() -> Self {
        Self {
            known: Vec::new(),
            live: true,
        }
    }

    pub(crate) fn insert(&mut self, id: u32, def: SiteDef) {
        // A damaged table must not make this allocate without bound.
        if id == 0 || id > 1_000_000 {
            return;
        }
        let index = id as usize - 1;
        if self.known.len() <= index {
            self.known.resize(index + 1, None);
        }
        self.known[index] = Some(Arc::new(def));
    }

    /// The definition of site `id`.
    pub fn get(&mut self, id: u32) -> Option<Arc<SiteDef>> {
        let index = (id as usize).checked_sub(1)?;
        if self.live && index >= self.known.len() {
            self.known = registry().iter().cloned().map(Some).collect();
        }
        self.known.get(index)?.clone()
    }
}

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
            statics.push((key, from.value()?.to_static()?));
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
