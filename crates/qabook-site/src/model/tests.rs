use super::*;

fn page(name: &str, description: &str) -> Page {
    Page {
        file: format!("{name}.html"),
        name: name.into(),
        description: description.into(),
        kind: Kind::Other,
        part: None,
        is_looked_up: false,
        source: None,
        published: None,
        modified: None,
    }
}

#[test]
fn no_two_pages_have_the_same_description() {
    let pages = vec![page("a", "x"), page("b", "x"), page("c", "y")];
    let mut model = Model {
        title: String::new(),
        description: String::new(),
        language: String::new(),
        authors: Vec::new(),
        words: Words::of_language("en"),
        storage: String::new(),
        has_share_images: false,
        pages,
        first_file: String::new(),
    };
    model.tell_apart();
    let descriptions: Vec<_> = model.pages.iter().map(|page| page.description.as_str()).collect();
    assert_eq!(descriptions, ["x", "b: x", "y"]);
}
