package transfer

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/markup"
)

// formula are the first characters a spreadsheet takes for a formula.
const formula = "=+-@\t\r"

// armour writes a text so that no spreadsheet takes it for a formula; bare takes it back.
func armour(s string) string {
	if s != "" && (strings.IndexByte(formula, s[0]) >= 0 || armoured(s)) {
		return "'" + s
	}
	return s
}

func bare(s string) string {
	if armoured(s) {
		return s[1:]
	}
	return s
}

func armoured(s string) bool {
	return len(s) > 1 && s[0] == '\'' && strings.IndexByte(formula+"'", s[1]) >= 0
}

// unbreak makes line ends the ones that survive a delimited file.
func unbreak(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}

var (
	listEscape  = strings.NewReplacer(`\`, `\\`, `|`, `\|`)
	pathEscape  = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `>`, `\>`)
	thousandDot = regexp.MustCompile(`^-?\d{1,3}(\.\d{3})+(,\d+)?$`)
	thousandSep = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`)
	plainNumber = regexp.MustCompile(`^[-+]?(\d+(\.\d*)?|\.\d+)$`)
	blanks      = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "")
)

// split divides at sep where no \ stands before it, and trims the parts; the parts keep their
// escapes.
func split(s string, sep byte) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case sep:
			parts = append(parts, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(s[from:]))
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// splitList is the items of a list, blank ones between others included.
func splitList(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	items := split(s, '|')
	for i := range items {
		items[i] = unescape(items[i])
	}
	for len(items) > 0 && items[len(items)-1] == "" {
		items = items[:len(items)-1]
	}
	return items
}

func joinList(items []string) string {
	for len(items) > 0 && items[len(items)-1] == "" {
		items = items[:len(items)-1]
	}
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = listEscape.Replace(unbreak(s))
	}
	return strings.Join(out, " | ")
}

// splitPaths is the paths of a cell, each from the top.
func splitPaths(s string) [][]string {
	var out [][]string
	for _, one := range split(s, '|') {
		var path []string
		for _, name := range split(one, '>') {
			if name = unescape(name); name != "" {
				path = append(path, name)
			}
		}
		if len(path) > 0 {
			out = append(out, path)
		}
	}
	return out
}

func joinPath(names []string) string {
	out := make([]string, len(names))
	for i, s := range names {
		out[i] = pathEscape.Replace(strings.TrimSpace(unbreak(s)))
	}
	return strings.Join(out, " > ")
}

func joinPaths(all [][]string) string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = joinPath(p)
	}
	return strings.Join(out, " | ")
}

// What is wrong with a cell.
var (
	errNumber   = fault.New(fault.Malformed, "transfer.number")
	errDecimals = fault.New(fault.Malformed, "transfer.decimals")
	errInteger  = fault.New(fault.Malformed, "transfer.integer")
	errYesNo    = fault.New(fault.Malformed, "transfer.yes_no")
	errWord     = fault.New(fault.Malformed, "transfer.word")
	errDay      = fault.New(fault.Malformed, "transfer.day")
	errEncoding = fault.New(fault.Malformed, "transfer.encoding")
)

// maxPlaces is what the columns of prices keep.
const maxPlaces = 4

// dialect is how the numbers of a file are written.
type dialect struct{ decimal string }

// canon gives the one way to write what a cell says. Pictures are looked up later.
func (d dialect) canon(c column, cell string) (string, *fault.Error) {
	switch c.value {
	case text:
		return strings.TrimSpace(unbreak(cell)), nil
	case line, pictures:
		return strings.TrimSpace(unbreak(cell)), nil
	case markupText:
		return markup.Sanitise(cell), nil
	case number, amount:
		return d.number(cell)
	case integer:
		return d.integer(cell)
	case yesNo:
		return yesOrNo(cell)
	case word:
		w := strings.ToLower(strings.TrimSpace(cell))
		if w != "" && !slices.Contains(c.words, w) {
			return "", errWord.With(fault.Args{"words": strings.Join(c.words, ", ")})
		}
		return w, nil
	case day:
		return canonDay(cell)
	case period:
		return canonPeriod(cell)
	case list:
		return joinList(splitList(unbreak(cell))), nil
	case paths:
		return joinPaths(splitPaths(unbreak(cell))), nil
	case tiers:
		return d.canonTiers(cell)
	case rules:
		return canonPrices(cell)
	case deposits:
		return d.canonDeposit(cell)
	}
	return cell, nil
}

// number reads a decimal number with the file's sign; groups of three may be marked by the other
// sign, spaces or apostrophes.
func (d dialect) number(cell string) (string, *fault.Error) {
	s := blanks.Replace(strings.TrimSpace(cell))
	if s == "" {
		return "", nil
	}
	if d.decimal == "," {
		if thousandDot.MatchString(s) {
			s = strings.ReplaceAll(s, ".", "")
		}
		if strings.Contains(s, ".") {
			return "", errNumber
		}
		s = strings.Replace(s, ",", ".", 1)
	} else if thousandSep.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if !plainNumber.MatchString(s) || len(s) > 40 {
		return "", errNumber
	}
	n, err := decimal.NewFromString(s)
	if err != nil {
		return "", errNumber.Because(err)
	}
	if !n.Equal(n.Truncate(maxPlaces)) {
		return "", errDecimals.With(fault.Args{"max": maxPlaces})
	}
	return n.String(), nil
}

func (d dialect) integer(cell string) (string, *fault.Error) {
	s, err := d.number(cell)
	if err != nil || s == "" {
		return s, err
	}
	n := decimal.RequireFromString(s)
	const most = 1_000_000_000
	if !n.IsInteger() || n.Abs().GreaterThan(decimal.NewFromInt(most)) {
		return "", errInteger
	}
	return n.String(), nil
}

const (
	yes = "yes"
	no  = "no"
)

var yesWords = map[string]string{
	"": "", "yes": yes, "true": yes, "1": yes, "oui": yes, "vrai": yes, "ja": yes, "wahr": yes, "si": yes, "sí": yes, "x": yes,
	"verdadero": yes, "no": no, "false": no, "0": no, "non": no, "faux": no, "nein": no, "falsch": no, "falso": no,
}

func yesOrNo(cell string) (string, *fault.Error) {
	w, ok := yesWords[strings.ToLower(strings.TrimSpace(cell))]
	if !ok {
		return "", errYesNo
	}
	return w, nil
}

func yesText(b bool) string {
	if b {
		return yes
	}
	return no
}

// dayForms are the ways a day is written; the second and third are unambiguous in Europe only,
// which is where a file with them comes from.
var dayForms = []string{time.DateOnly, "02/01/2006", "02.01.2006"}

func canonDay(cell string) (string, *fault.Error) {
	s := strings.TrimSpace(cell)
	if s == "" {
		return "", nil
	}
	for _, form := range dayForms {
		if t, err := time.Parse(form, s); err == nil {
			return t.Format(time.DateOnly), nil
		}
	}
	return "", errDay
}

func canonPeriod(cell string) (string, *fault.Error) {
	s := strings.TrimSpace(cell)
	if from, until, ok := strings.Cut(s, ".."); ok {
		a, err := canonInstant(from)
		if err != nil {
			return "", err
		}
		b, err := canonInstant(until)
		if err != nil {
			return "", err
		}
		if a == "" && b == "" {
			return yes, nil
		}
		return a + ".." + b, nil
	}
	w, err := yesOrNo(s)
	if w == no {
		w = ""
	}
	return w, err
}

func canonInstant(s string) (string, *fault.Error) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return instantText(t), nil
	}
	return canonDay(s)
}

// instantText is a day where the instant is one's beginning.
func instantText(t time.Time) string {
	t = t.UTC()
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

func parseInstant(s string) *time.Time {
	for _, form := range []string{time.DateOnly, time.RFC3339Nano} {
		if t, err := time.Parse(form, s); err == nil {
			return &t
		}
	}
	return nil
}
