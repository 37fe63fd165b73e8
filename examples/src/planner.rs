//! Which tools to call next: search, read what was found, calculate.
//!
//! A call that failed, which is to say whose result begins with "error", is made once more.

use serde_json::Value;

use crate::message::{FunctionCall, Message, Role};
use crate::prose::{first_number, first_sentences, first_sum, words};
use crate::tool::Tool;

/// Results of a search that are read.
const PAGES: usize = 2;

/// How often a call is made that fails.
const ATTEMPTS: usize = 2;

/// Words of a question that name no subject.
const EMPTY_WORDS: [&str; 14] = [
    "what", "which", "when", "where", "does", "many", "much", "long", "take", "from", "with",
    "search", "find", "have",
];

/// What a tool is for, as its name or else its description tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Search,
    Read,
    Calculate,
    Other,
}

/// The words that tell.
const PURPOSES: [(Purpose, &[&str]); 3] = [
    (Purpose::Search, &["search", "find", "lookup"]),
    (Purpose::Read, &["read", "page", "open", "fetch"]),
    (
        Purpose::Calculate,
        &["calculate", "calculator", "compute", "arithmetic"],
    ),
];

impl Purpose {
    fn of(tool: &Tool) -> Self {
        let told_by = |text: &str| {
            let words = words(text);
            let is_told = |(_, signs): &&(Self, &[&str])| {
                words.iter().any(|word| signs.contains(&word.as_str()))
            };
            PURPOSES.iter().find(is_told).map(|(purpose, _)| *purpose)
        };
        told_by(&tool.name)
            .or_else(|| told_by(&tool.description))
            .unwrap_or(Self::Other)
    }
}

/// What has been done about the last question of the user.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    tools: &'a [Tool],
    question: String,
    past: Vec<Past<'a>>,
}

/// A call and its result.
#[derive(Debug)]
struct Past<'a> {
    call: &'a FunctionCall,
    result: String,
}

impl Past<'_> {
    fn has_failed(&self) -> bool {
        words(&self.result)
            .first()
            .is_some_and(|word| word == "error")
    }

    /// The value of the first argument.
    fn argument(&self) -> String {
        let arguments: Value = serde_json::from_str(&self.call.arguments).unwrap_or_default();
        let values = arguments.as_object().into_iter().flat_map(|it| it.values());
        values.filter_map(Value::as_str).take(1).collect()
    }
}

impl<'a> Turn<'a> {
    /// The turn that the conversation is in.
    pub(crate) fn of(messages: &'a [Message], tools: &'a [Tool]) -> Self {
        let asked = messages
            .iter()
            .rposition(|message| message.role == Role::User);
        let since = &messages[asked.map_or(0, |at| at + 1)..];
        let calls = since.iter().flat_map(Message::tool_calls);
        let past = calls.map(|call| Past {
            call: &call.function,
            result: since
                .iter()
                .find(|message| message.answers(call))
                .map(Message::text)
                .unwrap_or_default(),
        });
        Self {
            tools,
            question: asked.map(|at| messages[at].text()).unwrap_or_default(),
            past: past.collect(),
        }
    }

    /// Whether no tool has been called yet.
    pub(crate) fn is_new(&self) -> bool {
        self.past.is_empty()
    }

    /// The calls that bring the answer nearer; none when there is nothing more to be learned.
    pub(crate) fn next_calls(&self) -> Vec<FunctionCall> {
        for planned in [self.searches(), self.reads(), self.sums()] {
            let open: Vec<_> = planned
                .into_iter()
                .filter(|call| self.is_open(call))
                .collect();
            if !open.is_empty() {
                return open;
            }
        }
        Vec::new()
    }

    /// A call of the tool with this name, or of the first, with the question as it is.
    pub(crate) fn forced_call(&self, name: Option<&str>) -> Option<FunctionCall> {
        let is_meant = |tool: &&Tool| name.is_none_or(|name| tool.name == name);
        let tool = self.tools.iter().find(is_meant)?;
        Some(tool.call(self.question.trim()))
    }

    /// What the results say: sums first, then the first sentence of each page, with its name.
    pub(crate) fn report(&self) -> String {
        let sums = self
            .done(Purpose::Calculate)
            .map(|past| format!("{} is {}.", past.argument(), past.result.trim()));
        let pages = self.done(Purpose::Read).map(|past| {
            let sentence = first_sentences(past.result.trim(), 1).trim_end_matches('.');
            format!("{sentence} [{}].", past.argument())
        });
        let others = self
            .done(Purpose::Other)
            .map(|past| past.result.trim().to_owned());
        let mut said: Vec<String> = sums.chain(pages).chain(others).collect();
        if said.is_empty() {
            let found = self.done(Purpose::Search);
            said.extend(found.map(|past| format!("I found this: {}", past.result.trim())));
        }
        match said.is_empty() {
            true => "I found nothing about that.".to_owned(),
            false => said.join(" "),
        }
    }

    /// A search for what the question is about; without such a tool, another that has to do with it.
    fn searches(&self) -> Vec<FunctionCall> {
        let subjects: Vec<String> = words(&self.question)
            .into_iter()
            .filter(|word| word.len() > 3 && !EMPTY_WORDS.contains(&word.as_str()))
            .collect();
        if let Some(tool) = self.tool(Purpose::Search) {
            return vec![tool.call(&subjects.join(" "))];
        }
        let is_related = |tool: &&Tool| {
            let mut told = words(&tool.name);
            told.extend(words(&tool.description));
            Purpose::of(tool) == Purpose::Other && subjects.iter().any(|word| told.contains(word))
        };
        let related = self.tools.iter().find(is_related);
        related
            .map(|tool| tool.call(self.question.trim()))
            .into_iter()
            .collect()
    }

    /// The pages that the searches found: objects that have what the reading tool asks for.
    fn reads(&self) -> Vec<FunctionCall> {
        let Some(tool) = self.tool(Purpose::Read) else {
            return Vec::new();
        };
        let Some(parameter) = tool.parameter() else {
            return Vec::new();
        };
        let mut calls = Vec::new();
        for past in self.done(Purpose::Search) {
            let found: Value = serde_json::from_str(&past.result).unwrap_or_default();
            let pages = found.as_array().into_iter().flatten();
            let names = pages.filter_map(|page| page[parameter].as_str());
            calls.extend(names.take(PAGES).map(|name| tool.call(name)));
        }
        calls
    }

    /// The sum in the question; else, asked how many or how long, a number read by one asked.
    fn sums(&self) -> Vec<FunctionCall> {
        let Some(tool) = self.tool(Purpose::Calculate) else {
            return Vec::new();
        };
        let sum = first_sum(&self.question).or_else(|| self.quotient());
        sum.map(|sum| tool.call(&sum)).into_iter().collect()
    }

    fn quotient(&self) -> Option<String> {
        let words = words(&self.question);
        let asks_for_one = words
            .windows(2)
            .any(|pair| pair[0] == "how" && ["many", "long"].contains(&pair[1].as_str()));
        if !asks_for_one {
            return None;
        }
        let divisor = first_number(&self.question)?;
        let mut pages = self.done(Purpose::Read);
        let dividend = pages.find_map(|past| first_number(&past.result).map(str::to_owned))?;
        Some(format!("{dividend} / {divisor}"))
    }

    fn tool(&self, purpose: Purpose) -> Option<&'a Tool> {
        self.tools.iter().find(|tool| Purpose::of(tool) == purpose)
    }

    /// Whether the call is still to be made: it neither succeeded nor failed too often.
    fn is_open(&self, call: &FunctionCall) -> bool {
        let made = || self.past.iter().filter(|past| past.call == call);
        made().count() < ATTEMPTS && made().all(Past::has_failed)
    }

    /// What calls of such tools returned.
    fn done(&self, purpose: Purpose) -> impl Iterator<Item = &Past<'a>> {
        self.past.iter().filter(move |past| {
            let tool = self.tools.iter().find(|tool| tool.name == past.call.name);
            !past.has_failed() && tool.map_or(Purpose::Other, Purpose::of) == purpose
        })
    }
}
