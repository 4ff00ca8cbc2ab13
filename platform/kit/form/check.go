package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// The keys of what can be wrong with a field.
const (
	KeyRequired  = "form.required"
	KeyTooLong   = "form.too_long"  // max
	KeyTooShort  = "form.too_short" // min
	KeyText      = "form.text"
	KeyEmail     = "form.email"
	KeySlug      = "form.slug"
	KeyURL       = "form.url"
	KeyPhone     = "form.phone"
	KeyNumber    = "form.number"
	KeyWhole     = "form.whole_number"
	KeyDecimals  = "form.decimals"  // max
	KeyTooSmall  = "form.too_small" // min
	KeyTooLarge  = "form.too_large" // max
	KeyDate      = "form.date"
	KeyChoice    = "form.choice"
	KeyCountry   = "form.country"
	KeyTooMany   = "form.too_many" // max
	KeyDifferent = "form.different"
)

// MaxEmail is the longest address SMTP can carry (RFC 5321, section 4.5.3.1.3,
// less the angle brackets).
const MaxEmail = 254

// maxURL is what browsers and proxies agree to carry.
const maxURL = 2000

// Checker collects what is wrong with a form. The zero value is ready; it is for
// one goroutine. Checks of shape let an empty value pass: whether a field may be
// empty is for Required alone, so that a field never gets two errors for nothing.
type Checker struct{ fields []fault.Field }

// Refuse records that a field is wrong.
func (c *Checker) Refuse(name, key string, args fault.Args) {
	c.fields = append(c.fields, fault.Field{Name: name, Key: key, Args: args})
}

// Add takes over the fields of another check, such as address.Check, putting
// prefix before their names. It returns err itself when it is not about fields, and
// then records nothing.
func (c *Checker) Add(prefix string, err error) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	for _, f := range fields {
		c.Refuse(prefix+f.Name, f.Key, f.Args)
	}
	return nil
}

// Err is the collected error, of kind Malformed, or nil when all is well.
func (c *Checker) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return fault.Invalid(c.fields...)
}

// Failed reports whether a field was refused already.
func (c *Checker) Failed(name string) bool {
	return slices.ContainsFunc(c.fields, func(f fault.Field) bool { return f.Name == name })
}

// Line cleans a text of one line and checks it: valid Unicode without control
// characters, at most max characters. Inner runs of white space become one space.
func (c *Checker) Line(name, text string, max int) string {
	if c.oversized(name, text, max) {
		return ""
	}
	text = norm.NFC.String(strings.Join(strings.Fields(turning.Replace(text)), " "))
	c.Text(name, text)
	c.MaxLen(name, text, max)
	return text
}

// OneLine is Line for a text that is not cleaned: it refuses line ends.
func (c *Checker) OneLine(name, text string, max int) {
	if c.Line(name, text, max); strings.ContainsAny(text, "\r\n") && !c.Failed(name) {
		c.Refuse(name, KeyText, nil)
	}
}

// Block is Line for a text of several lines: white space inside stays, line ends
// become "\n".
func (c *Checker) Block(name, text string, max int) string {
	if c.oversized(name, text, max) {
		return ""
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = norm.NFC.String(strings.TrimSpace(turning.Replace(text)))
	c.Text(name, text)
	c.MaxLen(name, text, max)
	return text
}

// turning takes out the characters that turn the direction of what follows them (Unicode's explicit
// formatting): nobody types them, and with them a name reads as another.
var turning = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "",
	"\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")

// oversized refuses a text before any work is done on it.
func (c *Checker) oversized(name, text string, max int) bool {
	if len(text) <= 8*max+64 { // no character takes more than four bytes; the rest is spaces
		return false
	}
	c.Refuse(name, KeyTooLong, fault.Args{"max": max})
	return true
}

// Required refuses an empty or blank text.
func (c *Checker) Required(name, text string) {
	unseen := func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
	if strings.TrimFunc(text, unseen) == "" {
		c.Refuse(name, KeyRequired, nil)
	}
}

// MaxLen refuses more than max characters.
func (c *Checker) MaxLen(name, text string, max int) {
	if len(text) > max && utf8.RuneCountInString(text) > max {
		c.Refuse(name, KeyTooLong, fault.Args{"max": max})
	}
}

// MinLen refuses fewer than min characters, unless there are none.
func (c *Checker) MinLen(name, text string, min int) {
	if text != "" && utf8.RuneCountInString(text) < min {
		c.Refuse(name, KeyTooShort, fault.Args{"min": min})
	}
}

// Text refuses broken Unicode and control characters other than tab and newline.
func (c *Checker) Text(name, text string) {
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	if !utf8.ValidString(text) || strings.ContainsFunc(text, bad) {
		c.Refuse(name, KeyText, nil)
	}
}

// Email refuses what cannot be a mail address.
func (c *Checker) Email(name, text string) {
	if text != "" && !IsEmail(text) {
		c.Refuse(name, KeyEmail, nil)
	}
}

// Slug refuses what is not lower-case words joined by single hyphens.
func (c *Checker) Slug(name, text string) {
	if text != "" && !IsSlug(text) {
		c.Refuse(name, KeySlug, nil)
	}
}

// URL refuses what is not an absolute http or https address.
func (c *Checker) URL(name, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || len(text) > maxURL || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		c.Refuse(name, KeyURL, nil)
	}
}

// Phone refuses what nobody could dial; see address.Dialable.
func (c *Checker) Phone(name, text string) {
	if text != "" && !address.Dialable(text) {
		c.Refuse(name, KeyPhone, nil)
	}
}

// OneOf refuses what is not among the choices.
func (c *Checker) OneOf(name, text string, choices ...string) {
	if text != "" && !slices.Contains(choices, text) {
		c.Refuse(name, KeyChoice, nil)
	}
}

// Same refuses a repetition that differs, such as that of a password.
func (c *Checker) Same(name, text, first string) {
	if text != first {
		c.Refuse(name, KeyDifferent, nil)
	}
}

// Int reads a whole number between min and max; 0 for an empty or refused text.
func (c *Checker) Int(name, text string, min, max int) int {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		c.Refuse(name, KeyWhole, nil)
	case n < int64(min):
		c.Refuse(name, KeyTooSmall, fault.Args{"min": min})
	case n > int64(max):
		c.Refuse(name, KeyTooLarge, fault.Args{"max": max})
	default:
		return int(n)
	}
	return 0
}

// Decimal reads a number as readers of l type it, with at most the given
// decimals; zero for an empty or refused text.
func (c *Checker) Decimal(name string, l i18n.Locale, text string, places int) decimal.Decimal {
	if strings.TrimSpace(text) == "" {
		return decimal.Decimal{}
	}
	n, err := i18n.ParseDecimal(l, text)
	if err != nil {
		c.Refuse(name, KeyNumber, nil)
		return decimal.Decimal{}
	}
	if !n.Equal(n.Truncate(int32(places))) {
		if places == 0 {
			c.Refuse(name, KeyWhole, nil)
		} else {
			c.Refuse(name, KeyDecimals, fault.Args{"max": places})
		}
		return decimal.Decimal{}
	}
	if n.Abs().GreaterThanOrEqual(tooLarge) {
		c.Refuse(name, KeyTooLarge, fault.Args{"max": tooLarge.Sub(decimal.NewFromInt(1))})
		return decimal.Decimal{}
	}
	return n
}

// tooLarge is the first number that numeric(19,4) cannot hold.
var tooLarge = decimal.New(1, 15)

// Range refuses a number outside [min, max].
func (c *Checker) Range(name string, n, min, max decimal.Decimal) {
	if n.LessThan(min) {
		c.Refuse(name, KeyTooSmall, fault.Args{"min": min})
	}
	if n.GreaterThan(max) {
		c.Refuse(name, KeyTooLarge, fault.Args{"max": max})
	}
}

// Date reads a day in the form of HTML date fields, 2026-03-05; the zero time for
// an empty or refused text.
func (c *Checker) Date(name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1000 {
		c.Refuse(name, KeyDate, nil)
		return time.Time{}
	}
	return t
}

// MaxInt is a limit for Int: two of them still fit into a column of Postgres type integer.
const MaxInt = 1_000_000_000
