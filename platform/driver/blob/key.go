package blob

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxKey     = 900 // S3 allows 1024 bytes, and scopes need some
	maxSegment = 200 // file systems allow 255 bytes, and the folder driver adds some
	// forbidden are characters with a meaning to file systems, shells or the
	// folder driver ('~' marks its files).
	forbidden = `\~:*?"<>|`
)

// CheckKey tells whether key can name an object: segments joined by "/", none of
// them empty, "." or "..", without control characters and without \~:*?"<>|.
// Errors: ErrKey.
func CheckKey(key string) error {
	if len(key) > maxKey || !utf8.ValidString(key) {
		return ErrKey.Because(fmt.Errorf("key of %d bytes", len(key)))
	}
	for segment := range strings.SplitSeq(key, "/") {
		bad := segment == "" || segment == "." || segment == ".." || len(segment) > maxSegment ||
			strings.ContainsAny(segment, forbidden) || strings.ContainsFunc(segment, unicode.IsControl)
		if bad {
			return ErrKey.Because(fmt.Errorf("key %q", key))
		}
	}
	return nil
}

// CheckPrefix tells whether prefix can begin a key: the empty prefix, a key, or a
// key and a slash. Errors: ErrKey.
func CheckPrefix(prefix string) error {
	if prefix == "" {
		return nil
	}
	return CheckKey(strings.TrimSuffix(prefix, "/"))
}
