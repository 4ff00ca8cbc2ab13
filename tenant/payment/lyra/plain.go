package lyra

import (
	"regexp"
	"strings"
	"unicode"
)

// The signature covers values and not names, and the bank repeats what the buyer wrote. A buyer whose city is CAPTURED, or
// whose name is two values with a plus between them, could sort the values of a message the bank signed under other names
// and say something else with them. So nothing a buyer writes is sent that could be one of the bank's words or of our
// references, or more than one value.

// wordShape is that of the words and references that mean something in a message.
var wordShape = regexp.MustCompile(`^([A-Z_]{4,}|[0-9A-Z_-]{16,})$`)

// plain is a buyer's text as it may be sent, cut to the most characters the bank takes.
func plain(text string, most int) string {
	text = line(text, most)
	if wordShape.MatchString(text) {
		text = text[:1] + strings.ToLower(text[1:])
	}
	return text
}

// line is a text of ours on one line, without what the bank refuses and what separates values.
func line(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r == '+' || r == '<' || r == '>' || unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		text = strings.TrimSpace(string(r[:most]))
	}
	return text
}

// email is left out when it holds what separates values.
func email(text string) string {
	if strings.ContainsAny(text, "+<> ") || !strings.Contains(text, "@") {
		return ""
	}
	return text
}

// country is a code of two letters or nothing.
func country(text string) string {
	if len(text) != 2 {
		return ""
	}
	return text
}

// phone is a number with 00 for the plus.
func phone(text string) string {
	text = strings.TrimSpace(text)
	if after, found := strings.CutPrefix(text, "+"); found {
		text = "00" + after
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
