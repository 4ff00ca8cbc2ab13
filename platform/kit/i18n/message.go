package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// Key is a message argument that is itself a message: it is put in translated.
type Key string

// Measure is a message argument that is a number with its unit: "2.3 kg".
type Measure struct {
	Number decimal.Decimal
	Unit   string // a sign that is the same in every language, or the merchant's own word
}

// message is a compiled text: literal pieces with a placeholder after each but
// the last. A text without placeholders is one literal and costs nothing to show.
type message struct {
	literals []string
	names    []string
	size     int
}

// compile reads a text. A brace that is not part of a placeholder is an error:
// the words shown to people have no use for one.
func compile(text string) (message, error) {
	m := message{size: len(text)}
	for rest := text; ; {
		open := strings.IndexAny(rest, "{}")
		if open < 0 {
			m.literals = append(m.literals, rest)
			return m, nil
		}
		name, after, ok := strings.Cut(rest[open+1:], "}")
		if rest[open] == '}' || !ok || !placeholder(name) {
			return message{}, fmt.Errorf("stray brace in %q", text)
		}
		m.literals = append(m.literals, rest[:open])
		m.names = append(m.names, name)
		rest = after
	}
}

func placeholder(name string) bool {
	for i, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}

// write puts the message into words. A missing argument shows as its placeholder,
// which names the bug without hiding the sentence.
func (m message) write(c *Catalog, l Locale, args map[string]any) string {
	if len(m.names) == 0 {
		return m.literals[0]
	}
	var b strings.Builder
	b.Grow(m.size + 16*len(m.names))
	for i, name := range m.names {
		b.WriteString(m.literals[i])
		if arg, ok := args[name]; ok {
			b.WriteString(c.word(l, arg))
		} else {
			b.WriteString("{" + name + "}")
		}
	}
	b.WriteString(m.literals[len(m.names)])
	return b.String()
}

// word writes one argument the way l writes such a thing. Whole numbers are
// grouped: give a year or a reference as a string.
func (c *Catalog) word(l Locale, arg any) string {
	switch v := arg.(type) {
	case string:
		return v
	case Key:
		return c.T(l, string(v), nil)
	case Text:
		return v.In(l)
	case int:
		if -1000 < v && v < 1000 {
			return strconv.Itoa(v)
		}
		return FormatNumber(l, decimal.NewFromInt(int64(v)))
	case int64:
		return FormatNumber(l, decimal.NewFromInt(v))
	case decimal.Decimal:
		return FormatNumber(l, v)
	case Measure:
		return FormatNumber(l, v.Number) + "\u00a0" + v.Unit
	case money.Amount:
		return FormatMoney(l, v)
	case money.Rate:
		return FormatPercent(l, v.Percent())
	case time.Time:
		return FormatDate(l, v, Medium)
	case error:
		return c.Explain(l, v)
	default:
		return fmt.Sprint(arg)
	}
}
