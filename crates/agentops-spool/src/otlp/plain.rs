//! Encode spans whose records need no second look straight from them.
//!
//! That is the case for most: they returned, and all they recorded are
//! fields of their site, each once. What they have in common with others is
//! encoded already (`common`). The bytes are those of `span`, which encodes
//! what had to be put together first: content to be masked, errors, keys that
//! come twice, names that are made of attributes.

use crate::otlp::attribute::one_byte_tag;
use crate::otlp::common::SiteBytes;
use crate::otlp::field;
use crate::otlp::span::flags;
use crate::otlp::wire::Writer;
use crate::record::field::{FieldTag, Fields};
use crate::record::value::Simple;
use crate::record::{Reason, Status};
use crate::span::Parts;

/// Writes the fields of the span; `None` if it must be put together first, after which `out` holds rubbish.
pub(crate) fn encode(parts: &Parts<'_>, out: &mut Writer) -> Option<()> {
    let site = parts.site?.bytes()?;
    let of_session = match parts.session {
        Some(session) if !session.id.is_empty() => &session.encoded[..],
        _ => &[],
    };
    let is_settled = parts.reason == Reason::Returned
        && parts.encoded_start.is_empty()
        && parts.times.0 != 0
        && parts.times.1 != 0;
    let is_known = of_session.is_empty() == parts.session.is_none_or(|s| s.id.is_empty());
    let is_within = site.keys.len() <= parts.limits.attributes;
    if !is_settled || !is_known || !is_within {
        return None;
    }
    put_ids(parts, out);
    out.raw(&site.head);
    put_times(parts, out);
    out.raw(&site.attributes);
    let mut seen = 0;
    for fields in parts.fields.iter().flatten() {
        put_fields(fields, site, parts.limits.value_chars, &mut seen, out)?;
    }
    out.raw(of_session);
    if parts.status != Status::Unset {
        out.raw(&[
            one_byte_tag(field::STATUS, 2),
            2,
            one_byte_tag(3, 0),
            parts.status as u8,
        ]);
    }
    Some(())
}

fn put_ids(parts: &Parts<'_>, out: &mut Writer) {
    let identity = &parts.identity;
    let mut ids = [0; 38];
    ids[..2].copy_from_slice(&[one_byte_tag(field::TRACE_ID, 2), 16]);
    ids[2..18].copy_from_slice(&identity.trace_id);
    ids[18..20].copy_from_slice(&[one_byte_tag(field::SPAN_ID, 2), 8]);
    ids[20..28].copy_from_slice(&identity.span_id);
    ids[28..30].copy_from_slice(&[one_byte_tag(field::PARENT_SPAN_ID, 2), 8]);
    ids[30..].copy_from_slice(&identity.parent_id);
    match identity.parent_id {
        [0, 0, 0, 0, 0, 0, 0, 0] => out.raw(&ids[..28]),
        _ => out.raw(&ids),
    }
}

fn put_times(parts: &Parts<'_>, out: &mut Writer) {
    // The tag of the flags takes two bytes.
    const FLAGS: [u8; 2] = [
        one_byte_tag(field::FLAGS & 15, 5) | 0x80,
        field::FLAGS.to_le_bytes()[0] >> 4,
    ];
    let mut times = [0; 24];
    times[0] = one_byte_tag(field::START, 1);
    times[1..9].copy_from_slice(&parts.times.0.to_le_bytes());
    times[9..11].copy_from_slice(&FLAGS);
    times[11..15].copy_from_slice(&flags(&parts.identity).to_le_bytes());
    times[15] = one_byte_tag(field::END, 1);
    times[16..].copy_from_slice(&parts.times.1.to_le_bytes());
    out.raw(&times);
}

/// Writes fields of the site, each of which `seen` notes; `None` at anything else.
fn put_fields(
    fields: &Fields<'_>,
    site: &SiteBytes,
    value_chars: usize,
    seen: &mut u64,
    out: &mut Writer,
) -> Option<()> {
    let mut from = fields.reader();
    while let Some(tag) = from.u8() {
        if tag == FieldTag::End as u8 {
            break;
        }
        if tag != FieldTag::SiteAttr as u8 {
            return None;
        }
        let index = from.u16()?;
        let key = site.keys.get(usize::from(index))?;
        let bit = 1 << index;
        if *seen & bit != 0 {
            return None;
        }
        *seen |= bit;
        match from.simple() {
            Some(Simple::Ascii(text)) if text.len() <= value_chars => key.put_text(text, out),
            Some(Simple::Int(number)) => key.put_int(number, out),
            None if value_chars == usize::MAX => key.put(&from.value()?, out),
            _ => return None,
        }
    }
    Some(())
}
