//! Numbers as text that needs no escaping inside a JavaScript string.

/// The digits: a digit's value is its place.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The largest value of a single digit.
pub(crate) const DIGIT_MAX: u8 = 63;

/// Bit 5 of a digit: another digit of the same number, or another number of the same list, follows.
pub(crate) const MORE: u8 = 32;

/// Appends one digit, 0 to [`DIGIT_MAX`].
pub(crate) fn push_digit(out: &mut String, digit: u8) {
    out.push(char::from(ALPHABET[usize::from(digit & DIGIT_MAX)]));
}

/// Appends a number: five bits per digit, the lowest first, [`MORE`] on all but the last.
pub(crate) fn push_number(out: &mut String, mut number: u32) {
    loop {
        let digit = (number & 31) as u8;
        number >>= 5;
        if number == 0 {
            return push_digit(out, digit);
        }
        push_digit(out, digit | MORE);
    }
}

/// Appends a number to bytes: seven bits per byte, the lowest first, the high bit on all but the last.
pub(crate) fn push_bytes(out: &mut Vec<u8>, mut number: u32) {
    while number > 127 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number that [`push_bytes`] wrote off the front; 0 where there is none.
pub(crate) fn take_bytes(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
        shift += 7;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_take_one_digit() {
        let mut out = String::new();
        for number in [0, 31, 32, 1023, 1024] {
            push_number(&mut out, number);
            out.push(' ');
        }
        assert_eq!(out, "A f gB _f ggB ");
    }

    #[test]
    fn bytes_come_back_as_the_numbers_they_were() {
        let numbers = [0, 127, 128, 16_383, 16_384, u32::MAX];
        let mut bytes = Vec::new();
        for number in numbers {
            push_bytes(&mut bytes, number);
        }
        let mut rest = bytes.as_slice();
        assert_eq!(numbers.map(|_| take_bytes(&mut rest)), numbers);
        assert!(rest.is_empty());
    }
}
