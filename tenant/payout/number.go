package payout

import (
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// style is how a file writes numbers and days.
type style struct {
	mark     string // the decimal sign, "" when nothing tells
	american bool   // the month stands first
}

// tidy takes away what only groups digits or names a currency, and makes every minus that of the keyboard.
var tidy = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "\u2019", "", "\u2212", "-", "€", "", "$", "", "£", "", "+", "")

var (
	plain   = regexp.MustCompile(`^\d+$`)
	grouped = map[string]*regexp.Regexp{
		",": regexp.MustCompile(`^\d{1,3}(\.\d{3})*(,\d+)?$|^\d+(,\d+)?$`),
		".": regexp.MustCompile(`^\d{1,3}(,\d{3})*(\.\d+)?$|^\d+(\.\d+)?$`),
	}
)

// bareNumber is a number without sign and grouping spaces.
func bareNumber(text string) (digits string, negative bool) {
	text = tidy.Replace(strings.TrimSpace(text))
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		return text[1 : len(text)-1], true
	}
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return rest, true
	}
	rest, ok := strings.CutSuffix(text, "-")
	return rest, ok
}

// markOf is the decimal sign a number proves, "" when it proves none: "1,234" may be a thousand.
func markOf(text string) string {
	digits, _ := bareNumber(text)
	at := strings.LastIndexAny(digits, ".,")
	if at < 0 {
		return ""
	}
	sign, other := digits[at:at+1], "."
	if sign == "." {
		other = ","
	}
	switch {
	case strings.Contains(digits, other):
		return sign
	case strings.Count(digits, sign) > 1:
		return other
	case len(digits)-at-1 != 3 || at == 0 || at > 3 || digits[0] == '0':
		return sign
	}
	return ""
}

// number reads an amount. ok is false for what is none, or could be two.
func (s style) number(text string) (n decimal.Decimal, ok bool) {
	digits, negative := bareNumber(text)
	if len(digits) > 20 {
		return n, false
	}
	if !plain.MatchString(digits) {
		mark := s.mark
		if mark == "" {
			mark = markOf(text)
		}
		if mark == "" || !grouped[mark].MatchString(digits) {
			return n, false
		}
		digits = strings.ReplaceAll(digits, map[string]string{",": ".", ".": ","}[mark], "")
		digits = strings.Replace(digits, mark, ".", 1)
	}
	n, err := decimal.NewFromString(digits)
	if negative {
		n = n.Neg()
	}
	return n, err == nil
}

// learn makes out from the cells of a file how it writes. told is the decimal sign the merchant has named.
func learn(told string, amounts, days []string) style {
	s, votes := style{mark: told}, map[string]int{}
	for _, text := range amounts {
		votes[markOf(text)]++
	}
	if s.mark == "" {
		switch comma, point := votes[","], votes["."]; {
		case comma > point:
			s.mark = ","
		case point > comma:
			s.mark = "."
		}
	}
	for _, text := range days {
		if m := slashed.FindStringSubmatch(strings.TrimSpace(text)); m != nil && m[2] > "12" {
			s.american = true
		}
	}
	return s
}

var (
	slashed = regexp.MustCompile(`^(\d\d)/(\d\d)/(\d{4})\b`)
	dotted  = regexp.MustCompile(`^(\d\d?)[.-](\d\d?)[.-](\d{4})\b`)
	large   = regexp.MustCompile(`^(\d{4})[-/](\d\d)[-/](\d\d)`)
)

// day reads a calendar day, as it is written, whatever time of the day follows.
func (s style) day(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	var year, month, day string
	switch {
	case large.MatchString(text):
		m := large.FindStringSubmatch(text)
		year, month, day = m[1], m[2], m[3]
	case slashed.MatchString(text):
		m := slashed.FindStringSubmatch(text)
		year, month, day = m[3], m[2], m[1]
		if s.american {
			month, day = day, month
		}
	case dotted.MatchString(text):
		m := dotted.FindStringSubmatch(text)
		year, month, day = m[3], two(m[2]), two(m[1])
	}
	t, err := time.Parse(time.DateOnly, year+"-"+month+"-"+day)
	return t, err == nil
}

func two(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}
