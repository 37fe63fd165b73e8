//! Mask what a record says of its span, before anything is made of it.
//!
//! This is done where records are joined, so that whoever takes a span, in
//! whichever form, gets it without secrets. Looked at are texts, also in arrays
//! and in bytes, of attributes of the span, its events and its links, and the
//! names and messages that the program gives. Captured texts and the words of an error
//! are left to `span`, which has to know how much of them was cut. What site and
//! scope say is known when the program is compiled; ids and the trace state belong
//! to others, who would not know them again.

use std::borrow::Cow;

use crate::mask::hit::MASK;
use crate::mask::memo::Memo;
use crate::mask::rule::Rule;
use crate::mask::{SHORTEST, mask};
use crate::record::field::{FieldTag as T, Fields};
use crate::record::reader::Reader;
use crate::record::value::{self, Tag};

/// Masks fields, and remembers what it need not look at again.
#[derive(Debug, Default)]
pub(crate) struct Masker {
    /// Texts without secrets.
    clean: Memo,
    /// Keys under which texts are looked at.
    harmless: Memo,
}

impl Masker {
    /// The bytes of `fields` without secrets; `rules` are those of the keys of their site.
    pub(crate) fn masked<'a>(&mut self, fields: &Fields<'a>, rules: &[Rule]) -> Cow<'a, [u8]> {
        let all = fields.rest();
        if self.are_known(fields.reader(), rules).is_some() {
            return Cow::Borrowed(all);
        }
        let mut walk = Walk {
            masker: self,
            rules,
            all,
            from: fields.reader(),
            masked: Vec::new(),
            taken: 0,
        };
        // It ends at the padding, or at the first damaged field, behind which nobody reads.
        while walk.field().is_some() {}
        let Walk {
            mut masked, taken, ..
        } = walk;
        if taken == 0 {
            return Cow::Borrowed(all);
        }
        masked.extend_from_slice(all.get(taken..).unwrap_or_default());
        Cow::Owned(masked)
    }

    /// `None` unless it is known at once that there is no secret: most fields are a site's, with a
    /// number or a text that came before.
    fn are_known(&self, mut from: Reader<'_>, rules: &[Rule]) -> Option<()> {
        while let Some(tag) = from.u8() {
            if tag == T::End as u8 {
                break;
            }
            if tag != T::SiteAttr as u8 {
                return None;
            }
            let rule = rules.get(usize::from(from.u16()?))?;
            let tag = from.u8()?;
            if tag == Tag::Str as u8 {
                let len = from.u32()? as usize;
                let text = from.bytes(len)?;
                if *rule == Rule::Hidden || !self.is_known(text) {
                    return None;
                }
            } else if tag == Tag::Int as u8 || tag == Tag::Float as u8 {
                from.bytes(8)?;
            } else {
                return None;
            }
        }
        Some(())
    }

    fn rule(&mut self, key: &[u8]) -> Rule {
        if self.harmless.has(key) {
            return Rule::Looked;
        }
        let rule = std::str::from_utf8(key).map_or(Rule::Looked, Rule::of);
        if rule == Rule::Looked {
            self.harmless.put(key);
        }
        rule
    }

    /// Whether no secret is in `text`, as far as that is known at once.
    #[inline]
    fn is_known(&self, text: &[u8]) -> bool {
        text.len() < SHORTEST || self.clean.has(text)
    }

    /// `text` without secrets; `None` if there are none.
    fn look(&mut self, text: &[u8]) -> Option<Vec<u8>> {
        let mut masked = Vec::new();
        let mut is_clean = true;
        for chunk in text.utf8_chunks() {
            let valid = mask(chunk.valid());
            is_clean &= matches!(valid, Cow::Borrowed(_));
            masked.extend_from_slice(valid.as_bytes());
            masked.extend_from_slice(chunk.invalid());
        }
        if is_clean {
            self.clean.put(text);
            return None;
        }
        Some(masked)
    }
}

/// A walk along fields, which copies them from the first secret on.
struct Walk<'w, 'a> {
    masker: &'w mut Masker,
    rules: &'w [Rule],
    all: &'a [u8],
    from: Reader<'a>,
    /// What the first bytes of `all` became; empty without secrets.
    masked: Vec<u8>,
    /// How many bytes that is made of.
    taken: usize,
}

impl Walk<'_, '_> {
    fn field(&mut self) -> Option<()> {
        match self.from.u8()? {
            tag if tag == T::SiteAttr as u8 => {
                let index = usize::from(self.from.u16()?);
                let rule = self.rules.get(index).copied().unwrap_or_default();
                self.value(rule, value::DEPTH)
            }
            tag if tag == T::Attr as u8 => self.pair(),
            tag if tag == T::Name as u8 || tag == T::Message as u8 => self.text(Rule::Looked),
            tag if tag == T::Event as u8 => {
                self.skip(8)?;
                self.text(Rule::Looked)?;
                self.pairs()
            }
            tag if tag == T::Link as u8 => {
                self.skip(16 + 8 + 4)?;
                self.text(Rule::Kept)?;
                self.pairs()
            }
            tag if tag == T::Dropped as u8 => self.skip(3 * 4),
            tag if tag == T::Scope as u8 => {
                self.text(Rule::Kept)?;
                self.text(Rule::Kept)
            }
            tag if tag == T::TraceState as u8 || tag == T::SessionId as u8 => self.text(Rule::Kept),
            tag if tag == T::Content as u8 => self.content(),
            tag if tag == T::Error as u8 => {
                self.skip(8)?;
                self.text(Rule::Looked)?;
                self.text(Rule::Kept)
            }
            _ => None,
        }
    }

    fn pairs(&mut self) -> Option<()> {
        let count = self.from.u16()?;
        (0..count).try_for_each(|_| self.pair())
    }

    fn pair(&mut self) -> Option<()> {
        let rule = self.key()?;
        self.value(rule, value::DEPTH)
    }

    fn key(&mut self) -> Option<Rule> {
        let len = self.from.u32()? as usize;
        let key = self.from.bytes(len)?;
        Some(self.masker.rule(key))
    }

    fn content(&mut self) -> Option<()> {
        let rule = self.key()?;
        self.skip(8)?;
        let is_text = self.from.rest().first() == Some(&(Tag::Str as u8));
        let rule = match (rule, is_text) {
            (Rule::Looked, true) => Rule::Kept,
            (rule, _) => rule,
        };
        self.value(rule, value::DEPTH)
    }

    fn value(&mut self, rule: Rule, depth: u32) -> Option<()> {
        match self.from.u8()? {
            tag if tag == Tag::Int as u8 || tag == Tag::Float as u8 => self.skip(8),
            tag if tag == Tag::Str as u8 || tag == Tag::Bytes as u8 => self.text(rule),
            tag if tag == Tag::Bool as u8 => self.skip(1),
            tag if tag == Tag::Array as u8 => {
                let count = self.from.u32()?;
                (0..count).try_for_each(|_| self.value(rule, depth.checked_sub(1)?))
            }
            _ => None,
        }
    }

    fn skip(&mut self, len: usize) -> Option<()> {
        self.from.bytes(len).map(drop)
    }

    /// A text, or bytes, with its length.
    fn text(&mut self, rule: Rule) -> Option<()> {
        let begin = self.all.len() - self.from.rest().len();
        let len = self.from.u32()? as usize;
        let text = self.from.bytes(len)?;
        let masked = match rule {
            Rule::Kept => None,
            Rule::Looked if self.masker.is_known(text) => None,
            Rule::Looked => self.masker.look(text),
            Rule::Hidden => (len > 0).then(|| MASK.into()),
        };
        if let Some(masked) = masked {
            self.put(begin, &masked);
        }
        Some(())
    }

    /// Puts `text` in place of the one that begins at `begin` and was just read.
    #[cold]
    fn put(&mut self, begin: usize, text: &[u8]) {
        let between = self.all.get(self.taken..begin).unwrap_or_default();
        self.masked.extend_from_slice(between);
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.masked.extend_from_slice(&len.to_le_bytes());
        self.masked.extend_from_slice(text);
        self.taken = self.all.len() - self.from.rest().len();
    }
}
