package discount

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxCode is how many characters a code may have.
const MaxCode = 64

// Code is a coupon code as codes are compared: without spaces, in capitals, in one
// Unicode form. Stores keep codes and look them up like this.
func Code(text string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
	return norm.NFC.String(bare)
}

// shown is a code as a message repeats it: what a visitor typed may be anything,
// of any length.
func shown(code string) string {
	if letters := []rune(code); len(letters) > MaxCode {
		return string(letters[:MaxCode]) + "…"
	}
	return code
}
