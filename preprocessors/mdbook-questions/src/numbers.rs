//! The numbers of questions that give none.

use std::collections::HashSet;

/// What front matter gives of a number: itself and what tells its question from another of the same.
pub(crate) type Asked = (Option<u32>, Option<char>);

/// The number of each question, in the order of the book: the one that it gives, or else the one after that of the question
/// before it, those left out that another gives. One that gives only what tells it apart shares that of the question before.
pub(crate) fn numbers(asked: &[Asked]) -> Vec<u32> {
    let mut taken: HashSet<u32> = asked.iter().filter_map(|(number, _)| *number).collect();
    let mut last = 0_u32;
    let number = |(number, variant): &Asked| {
        last = match (number, variant) {
            (Some(number), _) => *number,
            (None, Some(_)) if last > 0 => last,
            // Past the highest number there is it begins anew; a book has fewer questions than numbers.
            (None, _) => (last.checked_add(1).unwrap_or(1)..=u32::MAX)
                .chain(1..=u32::MAX)
                .find(|next| !taken.contains(next))
                .unwrap_or(1),
        };
        taken.insert(last);
        last
    };
    asked.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_numbered_in_the_order_of_the_book() {
        assert_eq!(numbers(&[(None, None); 3]), [1, 2, 3]);
        assert_eq!(numbers(&[(None, None), (Some(1), None), (None, None)]), [2, 1, 3]);
        assert_eq!(numbers(&[(Some(5), None), (None, None), (Some(6), None), (None, None)]), [5, 7, 6, 8]);
        assert_eq!(numbers(&[(None, None), (None, Some('b')), (None, None)]), [1, 1, 2]);
        assert_eq!(numbers(&[(Some(20), None), (Some(20), Some('b')), (None, None)]), [20, 20, 21]);
        assert_eq!(numbers(&[(None, Some('b'))]), [1]);
    }

    #[test]
    fn the_highest_number_is_no_end() {
        assert_eq!(numbers(&[(Some(u32::MAX), None), (None, None), (Some(1), None)]), [u32::MAX, 2, 1]);
        assert_eq!(numbers(&[(Some(0), None), (None, None)]), [0, 1]);
    }
}
