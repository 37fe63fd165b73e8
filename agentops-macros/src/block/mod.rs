//! An annotated `impl` block: its methods are instrumented, all else stays.
//!
//! What the block's attribute asks for is asked of each method, under a name of the
//! method's own ([`Title`]). Only the heads of methods are read; their bodies, and
//! whatever else stands in the block, stay tokens.

mod mark;
mod member;
mod options;
mod owner;
pub(crate) mod title;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Error, Result};

use self::member::Member;
use self::title::Title;
use crate::args::Entry;
use crate::builtin;
use crate::capture;
use crate::diagnostics::Errors;
use crate::families;
use crate::item::Function;
use crate::model::Place;

/// An `impl` block whose methods are to be instrumented.
pub(crate) struct Block {
    /// Attributes, and everything from `impl` to the braces.
    head: TokenStream,
    /// What the type is called.
    owner: String,
    /// Whether another macro reads the block after us.
    another_macro: bool,
    /// What is between the braces.
    members: Vec<Member>,
    /// The braces.
    braces: Span,
}

impl Block {
    /// Reads the block on which an attribute stands, and reports what is wrong in it.
    pub(crate) fn parse(item: TokenStream, attribute: &str, errors: &mut Errors) -> Result<Self> {
        let mut head: Vec<TokenTree> = item.into_iter().collect();
        // No other token ends a block, while braces may stand among its generics.
        let braces = match head.pop() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => group,
            _ => {
                let message = "the braces of this block cannot be found; annotate its methods";
                return Err(Error::new(Span::call_site(), message));
            }
        };
        let head: TokenStream = head.into_iter().collect();
        let (outer, owner) = owner::read(&head)?;
        for lower in &outer {
            let Some(family) = families::of(lower) else {
                continue;
            };
            let message = if family.attribute == attribute {
                format!("`#[agentops::{attribute}]` is given twice; remove one of the two")
            } else {
                "an `impl` block takes one attribute of agentops; put the other on the methods it is about".to_owned()
            };
            errors.over(lower.path(), message);
        }
        let parser = |input: ParseStream<'_>| member::members(input, attribute, errors);
        Ok(Self {
            members: parser.parse2(braces.stream())?,
            another_macro: builtin::has_macro(&outer),
            braces: braces.span(),
            head,
            owner,
        })
    }

    /// Puts mistakes that only a block's arguments can have in the place of these.
    pub(crate) fn checked(&self, entries: Vec<Entry>, title: Title) -> Vec<Entry> {
        let names: Vec<_> = self
            .methods()
            .flat_map(|method| capture::names(&method.signature))
            .collect();
        options::checked(entries, title, &names)
    }

    /// The methods that are to be instrumented.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &Function> {
        self.members
            .iter()
            .filter_map(|each| each.method.as_deref())
    }

    /// Where the attribute stands on each of the methods.
    pub(crate) fn place(&self) -> Place {
        if self.another_macro {
            Place::Within
        } else {
            Place::Outermost
        }
    }

    /// The block as the user wrote it, without our marks in it.
    pub(crate) fn bare(&self) -> TokenStream {
        let members = self.members.iter().map(|member| member.bare.clone());
        around(self.head.clone(), members.collect(), self.braces)
    }

    /// The block with what becomes of each method, by its tokens and its name, if it has one.
    pub(crate) fn instrumented(
        self,
        title: Title,
        instrument: impl Fn(Function, TokenStream, Option<String>) -> TokenStream,
    ) -> TokenStream {
        let members = self.members.into_iter().map(|member| match member.method {
            Some(method) => {
                let name = title.name(&self.owner, &method.signature.ident);
                instrument(*method, member.bare, name)
            }
            None => member.bare,
        });
        around(self.head, members.collect(), self.braces)
    }
}

fn around(head: TokenStream, members: TokenStream, braces: Span) -> TokenStream {
    let mut block = Group::new(Delimiter::Brace, members);
    block.set_span(braces);
    let mut tokens = head;
    block.to_tokens(&mut tokens);
    tokens
}
