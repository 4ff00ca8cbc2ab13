package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsEmail reports whether mail could be sent to text: one plain address with a
// domain that has a dot. It is stricter than RFC 5322, which also allows quoted
// strings, comments and bare hosts that no shop's customer has; letters of other
// scripts are allowed (RFC 6531).
func IsEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || len(text) > MaxEmail || !utf8.ValidString(text) {
		return false
	}
	return localPart(text[:at]) && hostname(text[at+1:])
}

// localPart takes the "dot-atom" of RFC 5322, at most 64 bytes (RFC 5321).
func localPart(s string) bool {
	if len(s) > 64 || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r) {
			return false
		}
	}
	return true
}

// hostname takes two labels or more, of at most 63 bytes (RFC 1035), the last of
// which is no number.
func hostname(s string) bool {
	labels := strings.Split(s, ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' {
				return false
			}
		}
	}
	return strings.ContainsFunc(labels[len(labels)-1], unicode.IsLetter)
}

// MaxSlug bounds a slug: it stays readable and fits an address with its path.
const MaxSlug = 120

// IsSlug reports whether text is lower-case ASCII words and numbers joined by
// single hyphens. Look-alike letters of other scripts are no slug.
func IsSlug(text string) bool {
	if text == "" || len(text) > MaxSlug {
		return false
	}
	for i := range len(text) {
		switch b := text[i]; {
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9':
		case b == '-' && i > 0 && i < len(text)-1 && text[i-1] != '-':
		default:
			return false
		}
	}
	return true
}
