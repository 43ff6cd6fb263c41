//! Structured data (<https://schema.org>) in JSON-LD.

use serde_json::{Value, json};

use super::address::Address;
use super::model::{Asked, Kind, Model, Page};

/// What search engines read of `page`, for the inside of a `<script>`; `None` when the pages have no addresses.
///
/// A question is a `QAPage`, the home page the `Book`; all but the home page have their `BreadcrumbList`.
pub(super) fn of_page(model: &Model, page: &Page, address: &Address, image: Option<&str>) -> Option<String> {
    let url = address.of_page(&page.file)?;
    let mut graph = Vec::new();
    match &page.kind {
        Kind::Home => graph.push(book(model, page, &url)),
        Kind::Question(asked) => graph.push(question(model, page, asked, &url)),
        Kind::Part | Kind::Other | Kind::Collected => {}
    }
    if !matches!(page.kind, Kind::Home) {
        graph.push(breadcrumbs(model, page, address, &url));
    }
    if let (Some(image), Some(first)) = (image, graph.first_mut()) {
        first["image"] = json!(image);
    }
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(for_script(&document.to_string()))
}

fn book(model: &Model, page: &Page, url: &str) -> Value {
    without_nulls(json!({
        "@type": "Book",
        "@id": url,
        "url": url,
        "name": model.title,
        "description": model.description,
        "inLanguage": model.language,
        "author": authors(model),
        "bookFormat": "https://schema.org/EBook",
        "isAccessibleForFree": true,
        "dateModified": page.modified,
    }))
}

fn question(model: &Model, page: &Page, asked: &Asked, url: &str) -> Value {
    let question = &asked.question;
    let answer = json!({
        "@type": "Answer",
        "text": if question.summary.is_empty() { &page.description } else { &question.summary },
        "url": url,
        "author": authors(model),
        "datePublished": page.published,
    });
    without_nulls(json!({
        "@type": "QAPage",
        "@id": url,
        "url": url,
        "name": page.name,
        "description": page.description,
        "inLanguage": model.language,
        "keywords": Some(&question.tags).filter(|tags| !tags.is_empty()),
        "datePublished": page.published,
        "dateModified": page.modified,
        "mainEntity": without_nulls(json!({
            "@type": "Question",
            "name": page.name,
            "text": question.question,
            "answerCount": 1,
            "author": authors(model),
            "datePublished": page.published,
            "acceptedAnswer": without_nulls(answer),
        })),
    }))
}

fn breadcrumbs(model: &Model, page: &Page, address: &Address, url: &str) -> Value {
    let mut steps = vec![(model.title.clone(), address.of_page("index.html"))];
    steps.extend(page.above().map(|(title, file)| (title.to_string(), address.of_page(file))));
    steps.push((page.name.clone(), Some(url.to_string())));
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, (name, item))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": item }));
    json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() })
}

fn authors(model: &Model) -> Value {
    let person = |name: &String| json!({ "@type": "Person", "name": name });
    match model.authors.as_slice() {
        [] => Value::Null,
        [one] => person(one),
        many => many.iter().map(person).collect(),
    }
}

/// What isn't known is left out.
fn without_nulls(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    object
}

/// Escapes what would end the `<script>` or begin a comment in it (`</script>`, `<!--`); JSON reads it as before.
fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_can_leave_its_script() {
        let text = "</script><!-- & \" ' \u{2028}";
        let escaped = for_script(&json!({ "name": text }).to_string());
        assert!(!escaped.contains(['<', '>', '&']), "{escaped}");
        assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap()["name"], text);
    }
}
