//! The arguments of one call, read before the body can move them.

use std::ops::Range;

use agentops_spool::record::MAX_TEXT;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::site::Kind;

use crate::content::json::{Content, Json};
use crate::content::policy;
use crate::content::shares;

/// Used by `#[agentops::..]` to hand on arguments as one JSON object, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    json: Option<Box<Json>>,
}

/// Used by `#[agentops::..]` to name the content of each argument.
pub type Argued<'a> = (&'static str, Content<'a>);

/// Used by `#[agentops::..]` to take the arguments one by one.
#[derive(Debug, Default)]
pub struct ArgumentWriter {
    json: Json,
    written: Vec<Written>,
}

/// An argument whose JSON is written.
#[derive(Debug)]
struct Written {
    name: &'static str,
    /// Where what was kept of it begins and ends.
    kept: Range<usize>,
    /// Bytes of its JSON, kept or not.
    len: usize,
}

impl Arguments {
    /// Reads arguments if they are to be recorded.
    #[inline]
    pub(crate) fn read(arguments: &[Argued<'_>]) -> Self {
        match policy::may_be_wanted() {
            true => Self::read_wanted(arguments),
            false => Self::default(),
        }
    }

    #[cold]
    fn read_wanted(arguments: &[Argued<'_>]) -> Self {
        if arguments.is_empty() || !policy::is_wanted() {
            return Self::default();
        }
        let mut writer = ArgumentWriter::default();
        writer.all(arguments);
        Self {
            json: Some(Box::new(writer.finish())),
        }
    }

    /// One value that stands for all arguments.
    pub(crate) fn of(content: Content<'_>) -> Self {
        let json = policy::is_wanted().then(|| Box::new(Json::of(content)));
        Self { json }
    }

    /// Writes them as content of a span of this kind.
    pub(crate) fn write(&self, kind: Kind, out: &mut Cursor<'_>) {
        if let Some(json) = &self.json {
            json.write(policy::input_key(kind), out);
        }
    }
}

impl ArgumentWriter {
    /// Takes arguments to which more will come, if they are to be recorded.
    pub(crate) fn begin(arguments: &[Argued<'_>]) -> Option<Box<Self>> {
        policy::is_wanted().then(|| {
            let mut writer = Self::default();
            writer.all(arguments);
            Box::new(writer)
        })
    }

    /// Gives all of them.
    pub(crate) fn end(self) -> Arguments {
        Arguments {
            json: Some(Box::new(self.finish())),
        }
    }

    fn all(&mut self, arguments: &[Argued<'_>]) {
        for (name, content) in arguments {
            self.argument(name, *content);
        }
    }

    /// Appends one argument.
    pub(crate) fn argument(&mut self, name: &'static str, content: Content<'_>) {
        let json = &mut self.json;
        json.push(if json.is_empty() { b"{" } else { b"," });
        json.value(Content::Json(&name));
        json.push(b":");
        // A long one is not to take the room of those after it.
        json.make_room();
        let (start, before) = (json.kept_len(), json.len());
        json.value(content);
        self.written.push(Written {
            name,
            kept: start..json.kept_len(),
            len: json.len() - before,
        });
        json.make_room();
    }

    /// The object; where it is too long, its longest members are cut.
    fn finish(self) -> Json {
        let Self { mut json, written } = self;
        // A `cfg` may have left none.
        json.push(if json.is_empty() { b"{}" } else { b"}" });
        if json.len() <= MAX_TEXT {
            return json;
        }
        let text = json.text();
        let members = written.iter().map(|member| shares::Member {
            name: member.name,
            kept: text.get(member.kept.clone()).unwrap_or_default(),
            len: member.len,
        });
        shares::object(&members.collect::<Vec<_>>())
    }
}
