//! Read the sources of the workspace: files, code without words, imports.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources of one crate.
pub(crate) struct Crate {
    /// The folder's name.
    pub(crate) name: String,
    /// Its files below `src`, sorted.
    pub(crate) files: Vec<File>,
}

/// One source file.
pub(crate) struct File {
    /// From the root of the workspace.
    pub(crate) path: String,
    /// From `src`.
    pub(crate) name: String,
    /// As it is.
    pub(crate) text: String,
    /// The same with a blank for every letter of comments, strings and characters.
    pub(crate) code: String,
}

/// A path that begins at the crate's root, and the line where it stands.
pub(crate) struct Import {
    pub(crate) line: usize,
    /// Without `crate::`, such as `span::Started`.
    pub(crate) path: String,
    /// Whether it stands in a `use`.
    pub(crate) is_use: bool,
}

/// The crates that are ours and make up the product.
pub(crate) fn crates() -> Vec<Crate> {
    let below = |folder: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let mut folders = below("crates");
    folders.extend(["agentops", "agentops-macros"].map(|name| root().join(name)));
    folders.retain(|folder| folder.join("Cargo.toml").is_file());
    folders.sort();
    folders.iter().map(|folder| Crate::read(folder)).collect()
}

/// The crate in the folder of this name.
pub(crate) fn named(name: &str) -> Crate {
    let found = crates().into_iter().find(|found| found.name == name);
    found.unwrap_or_else(|| panic!("no crate `{name}`"))
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

impl Crate {
    fn read(folder: &Path) -> Self {
        let mut files = Vec::new();
        let mut waiting = vec![folder.join("src")];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).unwrap();
                waiting.extend(entries.map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(File::read(folder, &path));
            }
        }
        files.sort_by(|left, right| left.name.cmp(&right.name));
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, files }
    }

    /// The file that the longest beginning of a path names; `lib.rs` or `main.rs` if none does.
    pub(crate) fn file_of(&self, path: &str) -> &File {
        let segments: Vec<&str> = path.split("::").collect();
        let named = (1..=segments.len()).rev().find_map(|length| {
            let stem = segments[..length].join("/");
            let stem = stem.trim_start_matches("__");
            let names = [format!("{stem}.rs"), format!("{stem}/mod.rs")];
            self.files.iter().find(|file| names.contains(&file.name))
        });
        let root = |file: &&File| matches!(file.name.as_str(), "lib.rs" | "main.rs");
        named.or_else(|| self.files.iter().find(root)).unwrap()
    }

    /// Whether a file is compiled for tests only.
    pub(crate) fn is_test(&self, file: &File) -> bool {
        let stem = file
            .name
            .trim_end_matches("/mod.rs")
            .trim_end_matches(".rs");
        stem.split('/').any(|part| {
            let declared = format!("#[cfg(test)]\nmod {part};");
            self.files.iter().any(|file| file.code.contains(&declared))
        })
    }
}

impl File {
    fn read(folder: &Path, path: &Path) -> Self {
        let relative = |base: &Path| {
            path.strip_prefix(base)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        let text = fs::read_to_string(path).unwrap();
        Self {
            path: relative(root()),
            name: relative(&folder.join("src")),
            code: without_words(&text),
            text,
        }
    }

    /// The code without the modules of its unit tests.
    pub(crate) fn product_code(&self) -> String {
        let mut code = self.code.clone();
        while let Some(start) = code.find("#[cfg(test)]\nmod ") {
            let open = start + code[start..].find(['{', ';']).unwrap();
            let end = match code.as_bytes()[open] {
                b'{' => closing(&code, open),
                _ => open,
            };
            blank(&mut code, start, end + 1);
        }
        code
    }

    /// The lines of `code` in which one of these words stands alone.
    pub(crate) fn lines_with(code: &str, words: &[&str]) -> Vec<usize> {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let stands_alone = |line: &str, word: &str| {
            line.match_indices(word).any(|(at, _)| {
                let after = &line[at + word.len()..];
                let is_longer = word.ends_with(is_part) && after.starts_with(is_part);
                !(is_longer || line[..at].ends_with(is_part))
            })
        };
        let lines = code.lines().enumerate();
        let found = lines.filter(|(_, line)| words.iter().any(|word| stands_alone(line, word)));
        found.map(|(index, _)| index + 1).collect()
    }

    /// Every path that begins like this, in a `use` or elsewhere.
    pub(crate) fn paths(&self, beginning: &str) -> Vec<Import> {
        let mut imports = Vec::new();
        let mut rest = 0;
        while let Some(found) = self.code[rest..].find(beginning) {
            let at = rest + found;
            rest = at + beginning.len();
            if self.code[..at]
                .ends_with(|letter: char| letter.is_alphanumeric() || "_:$".contains(letter))
            {
                continue;
            }
            let line = line_of(&self.code, at);
            let is_use = self.code[..at].trim_end().ends_with("use");
            let end = self.code[rest..]
                .find(';')
                .map_or(self.code.len(), |end| rest + end);
            let mut paths = Vec::new();
            expand("", &self.code[rest..end], &mut paths);
            let import = |path| Import { line, path, is_use };
            imports.extend(paths.into_iter().map(import));
        }
        imports
    }

    /// Every function with a body: its line, its name, and how many lines it has.
    pub(crate) fn functions(&self) -> Vec<(usize, String, usize)> {
        let mut functions = Vec::new();
        for (at, _) in self.code.match_indices("fn ") {
            if self.code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
                continue;
            }
            let rest = &self.code[at + 3..];
            let name: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            let Some(open) = rest
                .find(['{', ';'])
                .filter(|&open| rest[open..].starts_with('{'))
            else {
                continue;
            };
            let body = at + 3 + open;
            let lines = self.code[at..=closing(&self.code, body)].lines().count();
            functions.push((line_of(&self.code, at), name, lines));
        }
        functions
    }
}

/// The paths of a tree such as `a::{b, c::D}`, without what follows them.
fn expand(before: &str, tree: &str, paths: &mut Vec<String>) {
    let is_part = |letter: char| letter.is_alphanumeric() || "_:*".contains(letter);
    let tree = tree.trim_start();
    let end = tree.find(|letter| !is_part(letter)).unwrap_or(tree.len());
    let (path, rest) = tree.split_at(end);
    if !(rest.starts_with('{') && (path.is_empty() || path.ends_with("::"))) {
        paths.push(format!("{before}{}", path.trim_end_matches(':')));
        return;
    }
    let before = format!("{before}{path}");
    let inside = &rest[1..closing(rest, 0)];
    let mut depth = 0;
    let is_separator = |letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    };
    for branch in inside
        .split(is_separator)
        .filter(|branch| !branch.trim().is_empty())
    {
        expand(&before, branch, paths);
    }
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// Where the brace that opens at `open` is closed.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    code.len() - 1
}

/// The code with a blank for every letter of its comments, strings and characters.
fn without_words(text: &str) -> String {
    let mut code = text.to_owned();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = word_length(rest, text[..at].chars().next_back()).unwrap_or(0);
        blank(&mut code, at, at + length);
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    code
}

/// The bytes of the comment, string or character that begins here.
fn word_length(rest: &str, before: Option<char>) -> Option<usize> {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(until("*/"));
    }
    let starts_word = !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    if starts_word && let Some(raw) = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let start = rest.len() - raw.len() + hashes + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            let found = rest[start..].find(&end).map(|at| start + at + end.len());
            return Some(found.unwrap_or(rest.len()));
        }
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, '"'));
    }
    let mut letters = rest.strip_prefix('\'')?.chars();
    let is_character = letters.next()? == '\\' || letters.next() == Some('\'');
    is_character.then(|| quoted(rest, '\''))
}

/// The bytes up to the quote that ends what begins with one.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if letter == quote && !is_escaped {
            return at + 1;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    rest.len()
}

/// Puts blanks for all but the line breaks, byte by byte, so that places stay what they are.
fn blank(code: &mut String, start: usize, end: usize) {
    let line_break = |byte| if byte == b'\n' { '\n' } else { ' ' };
    let blanks: String = code[start..end].bytes().map(line_break).collect();
    code.replace_range(start..end, &blanks);
}
