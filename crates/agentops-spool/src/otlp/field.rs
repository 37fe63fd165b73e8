//! Numbers of the fields of the message `Span`.

pub(crate) const TRACE_ID: u32 = 1;
pub(crate) const SPAN_ID: u32 = 2;
pub(crate) const TRACE_STATE: u32 = 3;
pub(crate) const PARENT_SPAN_ID: u32 = 4;
pub(crate) const NAME: u32 = 5;
pub(crate) const KIND: u32 = 6;
pub(crate) const START: u32 = 7;
pub(crate) const END: u32 = 8;
pub(crate) const ATTRIBUTES: u32 = 9;
pub(crate) const DROPPED_ATTRIBUTES: u32 = 10;
pub(crate) const EVENTS: u32 = 11;
pub(crate) const DROPPED_EVENTS: u32 = 12;
pub(crate) const LINKS: u32 = 13;
pub(crate) const DROPPED_LINKS: u32 = 14;
pub(crate) const STATUS: u32 = 15;
pub(crate) const FLAGS: u32 = 16;
