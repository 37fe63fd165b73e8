//! Give the arguments outer names, and bind them again inside the wrapped body.
//!
//! A wrapped body runs in a closure or a coroutine. The arguments are moved into
//! it under outer names and bound again, in order, with the user's own patterns.
//! So rustc's drop order holds, `argument = &local` compiles, patterns and `cfg`
//! work, and every lint on an argument still sees the user's tokens.

use std::collections::HashSet;

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Receiver, Signature};

use crate::builtin;
use crate::capture::{Capture, Captures};

/// An argument, the receiver too.
pub(crate) struct Argument {
    /// `cfg`s of the argument.
    pub(crate) cfgs: Vec<Attribute>,
    /// The outer name.
    pub(crate) name: Ident,
    /// How it is captured, if it is.
    pub(crate) capture: Option<Capture>,
}

impl Argument {
    /// Whether it is captured.
    pub(crate) fn is_captured(&self) -> bool {
        self.capture.is_some()
    }
}

/// One statement at the beginning of a wrapped body.
pub(crate) enum Rebind {
    /// `let _ = &self;` captures the whole of `self`, not only the used fields.
    Receiver {
        /// `cfg`s of the argument.
        cfgs: Vec<Attribute>,
        /// `self` with the user's span.
        receiver: Ident,
    },
    /// `let name = name;` moves an argument whose pattern may bind nothing.
    Moved {
        /// `cfg`s of the argument.
        cfgs: Vec<Attribute>,
        /// The outer name.
        name: Ident,
    },
    /// `let pattern = name;` binds the user's pattern.
    Pattern {
        /// The user's attributes on the argument.
        attributes: Vec<Attribute>,
        /// The user's pattern.
        pattern: Pat,
        /// The outer name.
        name: Ident,
    },
    /// `let _pattern = keep(name);`, as lints ask for an effect there.
    Underscored {
        /// The user's attributes on the argument.
        attributes: Vec<Attribute>,
        /// The user's pattern.
        pattern: Pat,
        /// The outer name.
        name: Ident,
    },
}

/// Renames the arguments of `signature`; yields them in order, and what binds them again.
///
/// Where `another_macro` will read the function, plain names and all attributes stay in the
/// signature too.
pub(crate) fn rebind(
    signature: &mut Signature,
    captures: &Captures,
    another_macro: bool,
) -> (Vec<Argument>, Vec<Rebind>) {
    let mut renamer = Renamer {
        another_macro,
        used: HashSet::new(),
        arguments: Vec::new(),
        rebinds: Vec::new(),
    };
    let mut arguments = captures.arguments.iter().cloned();
    for (index, argument) in signature.inputs.iter_mut().enumerate() {
        match argument {
            FnArg::Receiver(receiver) => {
                renamer.receiver(receiver, captures.receiver.clone());
            }
            FnArg::Typed(argument) => renamer.typed(index, argument, arguments.next().flatten()),
        }
    }
    (renamer.arguments, renamer.rebinds)
}

/// Collects the arguments and the statements while it renames.
struct Renamer {
    /// Whether an attribute macro will read the function after us.
    another_macro: bool,
    /// Outer names so far: `macro_rules!` can make two arguments of one symbol.
    used: HashSet<String>,
    /// The arguments so far.
    arguments: Vec<Argument>,
    /// The statements.
    rebinds: Vec<Rebind>,
}

impl Renamer {
    fn receiver(&mut self, receiver: &Receiver, capture: Option<Capture>) {
        let cfgs = cfgs(&receiver.attrs);
        let receiver = Ident::new("self", receiver.self_token.span);
        self.arguments.push(Argument {
            cfgs: cfgs.clone(),
            name: receiver.clone(),
            capture,
        });
        self.rebinds.push(Rebind::Receiver { cfgs, receiver });
    }

    fn typed(&mut self, index: usize, argument: &mut PatType, capture: Option<Capture>) {
        let cfgs = cfgs(&argument.attrs);
        let attributes = if self.another_macro {
            cfgs.clone()
        } else {
            std::mem::replace(&mut argument.attrs, cfgs.clone())
        };
        let pattern = argument.pat.as_ref().clone();
        let name = if let Some(name) = self.outer_name(&pattern) {
            let underscored = name.unraw().to_string().starts_with('_');
            let name_inside = name.clone();
            self.rebinds.push(if underscored {
                Rebind::Underscored {
                    attributes,
                    pattern,
                    name: name_inside,
                }
            } else {
                Rebind::Pattern {
                    attributes,
                    pattern,
                    name: name_inside,
                }
            });
            name
        } else {
            let name = format_ident!("__agentops_argument_{index}", span = Span::mixed_site());
            self.hidden(cfgs.clone(), attributes, pattern, &name);
            name
        };
        *argument.pat = plain(name.clone());
        self.arguments.push(Argument {
            cfgs,
            name,
            capture,
        });
    }

    fn hidden(
        &mut self,
        cfgs: Vec<Attribute>,
        attributes: Vec<Attribute>,
        pattern: Pat,
        name: &Ident,
    ) {
        let name = name.clone();
        self.rebinds.push(Rebind::Moved {
            cfgs,
            name: name.clone(),
        });
        if !matches!(pattern, Pat::Wild(_)) {
            self.rebinds.push(Rebind::Pattern {
                attributes,
                pattern,
                name,
            });
        }
    }

    /// The user's symbol as a name that only we can use; none for patterns.
    fn outer_name(&mut self, pattern: &Pat) -> Option<Ident> {
        let Pat::Ident(PatIdent {
            by_ref: None,
            ident,
            subpat: None,
            ..
        }) = pattern
        else {
            return None;
        };
        let symbol = ident.unraw().to_string();
        if !self.used.insert(symbol.clone()) {
            return None;
        }
        if self.another_macro {
            return Some(ident.clone());
        }
        // Raw, because a word may be free in the user's edition and a keyword in ours.
        let span = Span::mixed_site().located_at(ident.span());
        Some(Ident::new_raw(&symbol, span))
    }
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    let cfgs = attributes
        .iter()
        .filter(|attribute| builtin::is_cfg(attribute));
    cfgs.cloned().collect()
}

fn plain(ident: Ident) -> Pat {
    Pat::Ident(PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident,
        subpat: None,
    })
}
