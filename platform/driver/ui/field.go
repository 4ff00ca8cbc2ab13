package ui

import (
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/kit/i18n"
)

// Field is one question of a form. Which component draws it decides its kind:
// [TextField], [MoneyField], [SelectField] and so on.
type Field struct {
	Name  string
	ID    string // "f-" and the name by default
	Label string
	Help  string // under the field, always visible
	Hint  string // unfolds from a question mark beside the label, for the longer story
	Error string
	Value string

	Values  []string // of a field with several answers
	Options []Option

	Prefix, Suffix string // inside the box: a currency, a unit, the start of an address
	Placeholder    string
	Autocomplete   string // token of the HTML standard: "email", "street-address"
	InputMode      string
	Type           string // of [TextField]: "text" by default; "email", "tel", "url", "search", "password"
	Rows           int    // of a text area
	MaxLen         int
	Min, Max, Step string
	Pattern        string
	Width          Width
	Lang           i18n.Locale // of what is typed, when it differs from the page

	Required  bool
	Disabled  bool
	ReadOnly  bool
	Multiple  bool
	Autofocus bool
	HideLabel bool
	Attrs     templ.Attributes
}

// Width is how wide a field is drawn; a width that fits the answer is a hint.
type Width string

// The widths.
const (
	Full   Width = ""
	Narrow Width = "narrow" // a figure, a date, a postcode
	Medium Width = "medium" // a name, a city
)

// Option is one answer of a choice.
type Option struct {
	Value    string
	Label    string
	Help     string // shown by radio cards and check groups
	Icon     Icon   // shown by radio cards
	Group    string // options of one group stand together in a select
	Disabled bool
}

// id is safe in selectors and attributes for any field name.
func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return fieldID(f.Name)
}

func fieldID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		default:
			return '-'
		}
	}, name)
}

// describedBy names the elements that explain the field, error first.
func (f Field) describedBy() string {
	var ids []string
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	if f.Help != "" {
		ids = append(ids, f.id()+"-help")
	}
	return strings.Join(ids, " ")
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 4
	}
	return f.Rows
}

func (f Field) wrapClass() string {
	class := "field"
	if f.Width != Full {
		class += " field-" + string(f.Width)
	}
	if f.Error != "" {
		class += " field-bad"
	}
	return class
}

// has reports whether value is among the answers.
func (f Field) has(value string) bool {
	if value == f.Value && len(f.Values) == 0 {
		return true
	}
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

type optionGroup struct {
	name    string
	options []Option
}

// groups gathers neighbouring options of the same group.
func (f Field) groups() []optionGroup {
	var groups []optionGroup
	for _, o := range f.Options {
		if n := len(groups); n > 0 && groups[n-1].name == o.Group {
			groups[n-1].options = append(groups[n-1].options, o)
			continue
		}
		groups = append(groups, optionGroup{name: o.Group, options: []Option{o}})
	}
	return groups
}

// File is an upload. The area around it takes dropped files when scripts run.
type File struct {
	Field
	Accept  string // "image/*", ".csv,.xlsx"
	Limit   string // "JPEG, PNG, WebP; at most 20 MB"
	Capture bool   // open the camera of a phone at once, instead of letting people choose
	Image   bool   // show what was chosen
}

// Texts is one text in several languages: every language is a field of its own,
// named Name + "." + locale, folded into tabs when scripts run.
type Texts struct {
	Field
	Locales  []i18n.Locale
	Text     i18n.Text
	Errors   map[i18n.Locale]string
	LongText bool // a text area
}

// Secret is a value that goes in and never comes out. When it is Set the field is
// empty and leaving it empty keeps what is stored.
type Secret struct {
	Field
	Set   bool
	Tail  string // last characters, when they may be shown
	Clear bool   // offer a box named Name + ".clear" that forgets the value
}

// Rows is a small table to fill in: degressive prices, weight bands. Cells are
// named Name.0.key, Name.1.key …; Blank empty rows are drawn after the filled
// ones, so that rows can be added without scripts; empty rows are to be ignored.
type Rows struct {
	Name    string
	Label   string
	Help    string
	Error   string
	Columns []Field // Name is the key of the column
	Lines   []Line
	Blank   int
	AddText string // "Add a band"; "Add a row" by default
}

// Line is one filled row: values, errors and what is to be known of a value, by column key.
type Line struct {
	Values map[string]string
	Errors map[string]string
	Notes  map[string]string
}

// Save is the bar that ends a form. It stays in sight while the form is long.
type Save struct {
	Label  string // "Save" by default
	Cancel string // address to go back to
	More   []Action
	Note   string
	Static bool // does not stick
}

// Form is the frame of a form. The CSRF token is added when the method is POST.
type Form struct {
	ID      string
	Action  string // the page itself by default
	Get     bool
	Files   bool // multipart
	Guard   bool // warns before unsaved changes are left behind, when scripts run
	Problem string
	Errors  []FieldError // listed on top with links to the fields
	Hidden  map[string]string
}

// FieldError is one line of the list of errors over a form.
type FieldError struct {
	Field string // name
	Label string
	Text  string
}
