//! Number call sites, and look them up by number.

use std::ops::Deref;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::arena::Arena;
use crate::definition::{self, SiteDef};
use crate::fork::{PerProcess, Published};
use crate::mask::rule::Rule;
use crate::otlp::common::SiteBytes;
use crate::pool;
use crate::site::Site;

/// The definitions of all registered sites; number `id` stands at index `id - 1`.
static REGISTRY: PerProcess<Mutex<Vec<Arc<SiteDef>>>> = PerProcess::new(|| Mutex::new(inherited()));
/// The same for forked children, who cannot wait for the lock; the newest first.
static NEWEST: Published<Registered> = Published::empty();

struct Registered {
    def: Arc<SiteDef>,
    before: Option<&'static Registered>,
}

/// What was registered before this process was forked.
fn inherited() -> Vec<Arc<SiteDef>> {
    let all = std::iter::successors(NEWEST.get(), |registered| registered.before);
    let mut defs: Vec<_> = all.map(|registered| Arc::clone(&registered.def)).collect();
    defs.reverse();
    defs
}

fn registry() -> MutexGuard<'static, Vec<Arc<SiteDef>>> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number that records refer to `site` by; registers it on first use.
#[inline]
pub fn id_of(site: &'static Site) -> u32 {
    match site.id.load(Ordering::Acquire) {
        0 => register(site),
        id => id,
    }
}

#[cold]
fn register(site: &'static Site) -> u32 {
    let mut sites = registry();
    let known = site.id.load(Ordering::Acquire);
    if known != 0 {
        return known;
    }
    let def = Arc::new(SiteDef::from(site));
    let id = u32::try_from(sites.len() + 1).unwrap_or(u32::MAX);
    pool::define(definition::SITE, |out| def.write(id, out));
    // Before the site has its number, so that each number is known to every child.
    NEWEST.set(Some(Registered {
        def: Arc::clone(&def),
        before: NEWEST.get(),
    }));
    sites.push(def);
    site.id.store(id, Ordering::Release);
    id
}

/// Makes new chunks come from `arena`, with the resource and all sites defined in it.
pub fn install(arena: Arc<Arena>, resource: &[u8]) {
    // No site is registered meanwhile, so none is missing from the arena.
    let sites = registry();
    pool::install(arena);
    pool::define(definition::RESOURCE, |out| {
        out.u32(u32::try_from(resource.len()).unwrap_or(u32::MAX));
        out.bytes(resource);
    });
    for (id, def) in (1..).zip(sites.iter()) {
        pool::define(definition::SITE, |out| def.write(id, out));
    }
}

/// A site that records refer to, and what its spans have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownSite {
    def: Arc<SiteDef>,
    bytes: Option<SiteBytes>,
    /// What becomes of texts under each of its keys.
    rules: Box<[Rule]>,
}

impl KnownSite {
    fn new(def: Arc<SiteDef>) -> Self {
        let bytes = SiteBytes::of(&def);
        let rules = def.keys.iter().map(|key| Rule::of(key)).collect();
        Self { def, bytes, rules }
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// `None` where spans of the site must be put together before they are encoded.
    pub(crate) fn bytes(&self) -> Option<&SiteBytes> {
        self.bytes.as_ref()
    }
}

impl Deref for KnownSite {
    type Target = SiteDef;

    fn deref(&self) -> &SiteDef {
        &self.def
    }
}

/// Looks sites up by number, in this process or in the table of a dead one.
#[derive(Debug, Default)]
pub struct Sites {
    known: Vec<Option<KnownSite>>,
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
        self.known[index] = Some(KnownSite::new(Arc::new(def)));
    }

    /// The site of number `id`.
    pub fn get(&mut self, id: u32) -> Option<&KnownSite> {
        let index = (id as usize).checked_sub(1)?;
        if self.live && index >= self.known.len() {
            let defs = registry();
            let new = defs.iter().skip(self.known.len());
            self.known
                .extend(new.map(|def| Some(KnownSite::new(Arc::clone(def)))));
        }
        self.known.get(index)?.as_ref()
    }
}
