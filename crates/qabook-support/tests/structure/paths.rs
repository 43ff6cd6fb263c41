//! The paths in a crate's source, resolved to modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Token, UseTree};

use crate::circles::Graph;

/// Names from the crate's root, which is the empty one.
type ModulePath = Vec<String>;

#[derive(Default)]
struct Module {
    /// The module of the file that it is written in.
    file: ModulePath,
    /// What `use` calls other things here.
    imports: BTreeMap<String, ModulePath>,
    /// `use path::*`
    globs: Vec<ModulePath>,
    items: BTreeSet<String>,
    /// All paths in it, as they are written.
    paths: Vec<ModulePath>,
}

type Modules = BTreeMap<ModulePath, Module>;

/// Which module of the crate with this `lib.rs` uses which, without those that use themselves.
pub(crate) fn uses(lib: &Path) -> Graph {
    let mut modules = Modules::new();
    read_file(lib, lib.parent().expect("a folder"), &[], &mut modules);
    let name = |path: &ModulePath| if path.is_empty() { "lib".to_string() } else { path.join("::") };
    let mut graph = Graph::new();
    for (here, module) in &modules {
        let used = graph.entry(name(&module.file)).or_default();
        let found = module.paths.iter().filter_map(|path| resolve(&modules, here, path, 0));
        let files = found.map(|target| &modules[&target].file).filter(|file| **file != module.file);
        used.extend(files.map(name));
    }
    graph
}

fn read_file(file: &Path, folder: &Path, path: &[String], modules: &mut Modules) {
    let text = fs::read_to_string(file).expect("a module's file");
    let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items;
    read_items(&items, folder, path, path, modules);
}

fn read_items(items: &[Item], folder: &Path, path: &[String], file: &[String], modules: &mut Modules) {
    let mut module = Module { file: file.to_vec(), ..Module::default() };
    for item in items {
        match item {
            Item::Mod(child) if is_test(&child.attrs) => {}
            Item::Mod(child) => {
                let name = child.ident.to_string();
                let path = [path, std::slice::from_ref(&name)].concat();
                let below = folder.join(&name);
                let files = [folder.join(format!("{name}.rs")), below.join("mod.rs")];
                match (&child.content, files.iter().find(|file| file.exists())) {
                    (Some((_, items)), _) => read_items(items, &below, &path, file, modules),
                    (None, Some(file)) => read_file(file, &below, &path, modules),
                    (None, None) => panic!("no file for {path:?}"),
                }
            }
            item => module.visit_item(item),
        }
    }
    modules.insert(path.to_vec(), module);
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|cfg| cfg.is_ident("test"))
    };
    attributes.iter().any(is_test)
}

impl Visit<'_> for Module {
    fn visit_item(&mut self, item: &Item) {
        let (name, attributes) = match item {
            Item::Const(item) => (Some(&item.ident), &item.attrs),
            Item::Enum(item) => (Some(&item.ident), &item.attrs),
            Item::Fn(item) => (Some(&item.sig.ident), &item.attrs),
            Item::Static(item) => (Some(&item.ident), &item.attrs),
            Item::Struct(item) => (Some(&item.ident), &item.attrs),
            Item::Trait(item) => (Some(&item.ident), &item.attrs),
            Item::Type(item) => (Some(&item.ident), &item.attrs),
            Item::Use(item) => (None, &item.attrs),
            Item::Impl(item) => (None, &item.attrs),
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            self.items.extend(name.map(ToString::to_string));
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.import(&item.tree, &[]);
    }

    /// `pub(in path)` says who may use it, not what it uses.
    fn visit_visibility(&mut self, _: &syn::Visibility) {}

    fn visit_path(&mut self, path: &syn::Path) {
        self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    /// Most macros take expressions.
    fn visit_macro(&mut self, macro_call: &syn::Macro) {
        for expression in
            macro_call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).unwrap_or_default()
        {
            self.visit_expr(&expression);
        }
    }
}

impl Module {
    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let mut bind = |name: String, path: ModulePath| {
            self.paths.push(path.clone());
            self.imports.insert(name, path);
        };
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident)),
            UseTree::Name(name) if name.ident == "self" => {
                bind(before.last().cloned().unwrap_or_default(), before.to_vec());
            }
            UseTree::Name(name) => bind(name.ident.to_string(), with(&name.ident)),
            UseTree::Rename(name) => bind(name.rename.to_string(), with(&name.ident)),
            UseTree::Glob(_) => {
                self.paths.push(before.to_vec());
                self.globs.push(before.to_vec());
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before)),
        }
    }
}

/// The module in which what `path` names, written in the module `here`, is defined; `None` outside of the crate.
fn resolve(modules: &Modules, here: &[String], path: &[String], depth: usize) -> Option<ModulePath> {
    let (first, rest) = path.split_first()?;
    let start = match first.as_str() {
        "crate" => Vec::new(),
        "self" => here.to_vec(),
        "super" => here.split_last()?.1.to_vec(),
        _ => return find(modules, here, path, depth),
    };
    if rest.first().is_some_and(|name| name == "super") {
        return resolve(modules, &start, rest, depth);
    }
    if rest.is_empty() { Some(start) } else { find(modules, &start, rest, depth).or(Some(start)) }
}

/// The same for a path of names that are known in the module `here`.
fn find(modules: &Modules, here: &[String], path: &[String], depth: usize) -> Option<ModulePath> {
    let (first, rest) = path.split_first()?;
    let module = modules.get(here).filter(|_| depth < 16)?;
    let child = [here, std::slice::from_ref(first)].concat();
    if modules.contains_key(&child) {
        return if rest.is_empty() { Some(child) } else { find(modules, &child, rest, depth).or(Some(child)) };
    }
    if let Some(target) = module.imports.get(first) {
        return resolve(modules, here, &[target.as_slice(), rest].concat(), depth + 1);
    }
    if module.items.contains(first) {
        return Some(here.to_vec());
    }
    module.globs.iter().find_map(|glob| {
        let from = resolve(modules, here, glob, depth + 1).filter(|from| *from != here)?;
        find(modules, &from, path, depth + 1)
    })
}
