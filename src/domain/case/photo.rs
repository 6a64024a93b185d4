//! What counts as a photo (照片): something by which the original is found again, an address or the name of a file of a
//! picture or a film. Words about one prove nothing.

use crate::domain::address;

/// Ends of the names of pictures and films.
const FILES: &[&str] = &[
    "jpg", "jpeg", "png", "webp", "heic", "gif", "bmp", "tif", "tiff", "pdf", "mp4", "mov", "avi", "mkv",
    "webm",
];

/// Whether a text names a photo.
pub fn names_one(text: &str) -> bool {
    let text = text.trim();
    if text.contains("://") {
        return address::is_web(text);
    }
    let parts = text.rsplit_once('.');
    parts.is_some_and(|(name, end)| !name.is_empty() && FILES.contains(&end.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_the_name_of_a_file_is_a_photo_and_words_are_none() {
        for good in [
            "https://p.example/1",
            "http://10.0.0.5/a.jpg",
            "HTTPS://p.example/1",
            "https://[::1]/1",
            "现场 1.JPG",
            "F1/after.mp4",
            "a.b.heic",
        ] {
            assert!(names_one(good), "{good}");
        }
        for bad in [
            "",
            "covered",
            "已覆盖",
            "https://",
            "https:// x",
            ".jpg",
            "见附件",
            "1",
            "photo.docx",
        ] {
            assert!(!names_one(bad), "{bad}");
        }
    }
}
